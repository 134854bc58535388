// Package catalogue registers every problem and data set that comes with gdbench.
package catalogue

import (
	_ "github.com/gdbench/gdbench/problems/classics"
	_ "github.com/gdbench/gdbench/problems/expression"
	_ "github.com/gdbench/gdbench/problems/functions"
	_ "github.com/gdbench/gdbench/problems/losses"
	_ "github.com/gdbench/gdbench/problems/mgh"
	_ "github.com/gdbench/gdbench/problems/wrappers"
)
