#ifndef FAULTYWRITES_H
#define FAULTYWRITES_H
// Nothing to call: the library replaces functions of the C library in a program that preloads it.
#endif
