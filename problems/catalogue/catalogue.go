// Package catalogue registers every problem, data set and rule for starting points that comes with gdbench.
package catalogue

import (
	_ "github.com/gdbench/gdbench/internal/problems/bbob"
	_ "github.com/gdbench/gdbench/internal/problems/classics"
	_ "github.com/gdbench/gdbench/internal/problems/expression"
	_ "github.com/gdbench/gdbench/internal/problems/functions"
	_ "github.com/gdbench/gdbench/internal/problems/losses"
	_ "github.com/gdbench/gdbench/internal/problems/mgh"
	_ "github.com/gdbench/gdbench/internal/problems/starts"
	_ "github.com/gdbench/gdbench/internal/problems/wrappers"
)
