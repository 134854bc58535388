// Package linalg is linear algebra on dense matrices in a fixed order of plain operations:
// the same bits on every processor.
//
// gonum's mat and lapack packages choose kernels by architecture, some in assembly, and
// block their loops; their last digits differ between processors, and with them whole
// descents. The matrices here are small (some hundred rows), and every sum is added up in
// the order of its index. Matrices are gonum's types, which serve as containers.
//
// Types keep their memory: factorizing again, with as many rows, allocates nothing.
package linalg

// ε is the distance from 1 to the next number.
const ε = 0x1p-52
