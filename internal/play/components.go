package play

// The components of the playground: those of the catalogues without what a browser would load and not use.
// For the same reason the tag playground leaves out data sets, the methods for matrices and for
// constraints, wrappers of problems, and processes.
import (
	_ "github.com/gdbench/gdbench/internal/methods/adaptive"
	_ "github.com/gdbench/gdbench/internal/methods/direction"
	_ "github.com/gdbench/gdbench/internal/methods/momentum"
	_ "github.com/gdbench/gdbench/internal/methods/presets"
	_ "github.com/gdbench/gdbench/internal/methods/proximal"
	_ "github.com/gdbench/gdbench/internal/methods/reduction"
	_ "github.com/gdbench/gdbench/internal/methods/secondorder"
	_ "github.com/gdbench/gdbench/internal/methods/step"
	_ "github.com/gdbench/gdbench/internal/methods/stochastic"
	_ "github.com/gdbench/gdbench/internal/problems/classics"
	_ "github.com/gdbench/gdbench/internal/problems/expression"
	_ "github.com/gdbench/gdbench/internal/problems/functions"
	_ "github.com/gdbench/gdbench/internal/problems/losses"
	_ "github.com/gdbench/gdbench/internal/problems/mgh"
	_ "github.com/gdbench/gdbench/internal/problems/starts"
)
