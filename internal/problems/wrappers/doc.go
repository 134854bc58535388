// Package wrappers holds problems made of another problem, named under `of`: the same
// function in other variables (shift, rotate, scale), seen through noise, or without its
// gradient (finite-difference). They compose with any problem and with each other.
//
// A wrapper offers what the wrapped problem offers (problems.As) and carries its facts
// over: a rotation keeps L, a scaling bounds it, and what is no longer known is dropped.
package wrappers
