/// Elementary functions that give the same bits on every machine.
///
/// Everything that decides a cell's bytes calls these and never the C library, whose results
/// differ between versions. Within 2 ulp for normal results; built from +, −, ×, ÷, √ and bit
/// operations only, without fused multiply-add, so that no processor and no compiler flag
/// changes them.
public enum Elementary {}
