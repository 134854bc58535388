// Package catalogue registers every method, direction and step rule that comes with
// gdbench.
package catalogue

import (
	_ "github.com/gdbench/gdbench/internal/methods/adaptive"
	_ "github.com/gdbench/gdbench/internal/methods/constrained"
	_ "github.com/gdbench/gdbench/internal/methods/direction"
	_ "github.com/gdbench/gdbench/internal/methods/momentum"
	_ "github.com/gdbench/gdbench/internal/methods/peers"
	_ "github.com/gdbench/gdbench/internal/methods/presets"
	_ "github.com/gdbench/gdbench/internal/methods/proximal"
	_ "github.com/gdbench/gdbench/internal/methods/reduction"
	_ "github.com/gdbench/gdbench/internal/methods/secondorder"
	_ "github.com/gdbench/gdbench/internal/methods/step"
	_ "github.com/gdbench/gdbench/internal/methods/stochastic"
)
