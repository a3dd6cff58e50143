import Neural

/// The networks that are also measured in other frameworks, layer by layer the same.
enum PeerNetworks {
  static let names = ["W1", "W2", "W3", "W4", "W5"]

  static func network(_ name: String) -> Sequential? {
    switch name {
    case "W1": convolutional
    case "W2": recurrent
    case "W3": dilated
    case "W4": residual
    case "W5": transformer
    default: nil
    }
  }

  /// W1: the study's baseline.
  private static var convolutional: Sequential {
    Sequential {
      for (filters, kernel) in [(16, 5), (32, 3), (32, 3)] {
        for _ in 0..<2 {
          Conv1D(filters, kernel: kernel)
          ReLU()
        }
        MaxPool1D(2)
        Dropout(0.1)
      }
      for _ in 0..<2 {
        Conv1D(256, kernel: 3)
        ReLU()
      }
      GlobalMaxPool()
      Dropout(0.2)
      for _ in 0..<2 {
        Dense(64)
        ReLU()
      }
      Dense(5)
    }
  }

  /// W2: a simple recurrent layer over all samples.
  private static var recurrent: Sequential {
    Sequential {
      SimpleRNN(128)
      Dense(64)
      ReLU()
      Dense(5)
    }
  }

  /// W3: dilated convolutions into a bidirectional LSTM.
  private static var dilated: Sequential {
    Sequential {
      for dilation in [1, 2, 4, 8] {
        Conv1D(64, kernel: 5, dilation: dilation, padding: .same)
        ReLU()
        MaxPool1D(2)
        Dropout(0.1)
      }
      Bidirectional(LSTM(64))
      Dense(64)
      ReLU()
      Dense(5)
    }
  }

  /// W4: forty residual blocks, three of which halve the samples.
  private static var residual: Sequential {
    let blocks = 40
    return Sequential {
      Conv1D(32, kernel: 3, padding: .same)
      ReLU()
      for block in 0..<blocks {
        residualBlock(
          block < blocks / 4 ? 32 : 64, stride: block > 0 && block % (blocks / 4) == 0 ? 2 : 1)
      }
      GlobalAveragePool()
      Dense(5)
    }
  }

  private static func residualBlock(_ width: Int, stride: Int) -> Sequential {
    Sequential {
      Sum {
        Sequential {
          Conv1D(width, kernel: 3, stride: stride, padding: .same, bias: false)
          BatchNorm()
          ReLU()
          Conv1D(width, kernel: 3, padding: .same, bias: false)
          BatchNorm()
        }
        if stride == 1 {
          Identity()
        } else {
          Conv1D(width, kernel: 1, stride: stride, padding: .same, bias: false)
        }
      }
      ReLU()
    }
  }

  /// W5: a transformer over patches of eleven samples.
  private static var transformer: Sequential {
    Sequential {
      Conv1D(64, kernel: 11, stride: 11)
      LearnedPositions()
      for _ in 0..<4 {
        TransformerEncoder(heads: 4, keyWidth: 16, hidden: 128, dropout: 0.1)
      }
      LayerNorm()
      GlobalAveragePool()
      Dense(5)
    }
  }
}
