// Package catalogue registers every method, direction and step rule that comes with
// gdbench.
package catalogue

import (
	_ "github.com/gdbench/gdbench/methods/adaptive"
	_ "github.com/gdbench/gdbench/methods/direction"
	_ "github.com/gdbench/gdbench/methods/momentum"
	_ "github.com/gdbench/gdbench/methods/peers"
	_ "github.com/gdbench/gdbench/methods/presets"
	_ "github.com/gdbench/gdbench/methods/proximal"
	_ "github.com/gdbench/gdbench/methods/reduction"
	_ "github.com/gdbench/gdbench/methods/secondorder"
	_ "github.com/gdbench/gdbench/methods/step"
	_ "github.com/gdbench/gdbench/methods/stochastic"
)
