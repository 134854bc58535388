// Package wire is the protocol between gdbench and components in other languages, and the
// processes that speak it. docs/protocol.md describes every message for authors of clients.
//
// A process reads messages from file descriptor 3 and writes them to 4; its standard streams
// stay its own, since any imported module may print. A message is a line of JSON, which begins
// with '{', or a frame of numbers: eight bytes of head and a payload, all little-endian.
// Control goes in lines, which are rare; numbers go in frames, of which there are one or two an
// evaluation.
//
// The package knows nothing of problems and methods. It refuses whatever a process sends that
// is not a message, is longer than is allowed, or comes when nothing was asked.
package wire

// Protocol is the version of the protocol that this gdbench speaks.
const Protocol = 1
