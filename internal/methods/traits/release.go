package traits

import (
	"io"

	"github.com/gdbench/gdbench/methods"
)

// Release ends what a method holds beyond memory, such as a process. Its run is over.
func Release(m methods.Method) {
	if c, ok := m.(io.Closer); ok {
		_ = c.Close() // how the run went is known already
	}
}
