// Package param turns plain Go structs into the vocabulary of the suite language.
//
// A problem, method, direction, step rule, start or data set is a struct whose
// fields are its parameters:
//
//	type Backtracking struct {
//		Alpha float64 `param:"alpha" default:"0.3" range:"(0,0.5)" doc:"share of the predicted decrease"`
//	}
//
// Everything a user meets about a parameter comes from that one line: its name in a
// suite, its default, the check of its range, the message with file, line and column,
// `gdbench show`, the catalogue and the JSON Schema. A suite's own sections (budget,
// stop, trace, …) are read by the same means.
//
// From text to component, in steps:
//
//  1. Load parses one YAML document and refuses what the YAML library lets pass:
//     a second document, duplicate keys, merge keys, alias bombs.
//  2. Expand reads a component's map, multiplies its axes (a list deeper than its
//     field's type, a generator such as {log: [1e-3, 1, 4]}, joint keys "lr, batch")
//     and returns one Spec for each combination, every value parsed and in range.
//  3. Spec.Text is the canonical text that identifies the component; Spec.New builds
//     a fresh struct from it.
//  4. Resolve puts numbers behind expressions such as 1/L once the facts are known.
//
// Numbers are read from their literal text, because the YAML library would turn 0.5
// into the integer 0, and 010 into 8.
package param
