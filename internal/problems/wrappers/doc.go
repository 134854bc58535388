// Package wrappers holds problems made of another problem, named under `of`: the same
// function in other variables (shift, rotate, scale), seen through noise, without its
// gradient (finite-difference), or made harder by a dose, at which 0 is the wrapped problem bit by bit (bend, fold,
// kinks, plateau, recede). They compose with each other, and with any problem of which they
// know enough.
//
// A wrapper offers what the wrapped problem offers (problems.As) and carries its facts
// over: a rotation keeps L, a scaling bounds it, and what is no longer known is dropped.
package wrappers
