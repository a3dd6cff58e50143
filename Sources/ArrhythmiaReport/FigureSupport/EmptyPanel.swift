internal import Plotting

/// A cell of a grid without anything in it.
struct EmptyPanel: Panel {
  func sideRoom(_ context: LayoutContext) -> (left: Double, right: Double) { (0, 0) }

  func endRoom(_ context: LayoutContext, width: Double) -> (top: Double, bottom: Double) { (0, 0) }

  func height(width: Double) -> Double { 0 }

  func draw(on canvas: any Canvas, frame: Rectangle, theme: Theme) {}
}
