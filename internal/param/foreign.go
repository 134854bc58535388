package param

import (
	"runtime"
	"slices"
	"strings"
)

// module is the path of gdbench's own packages.
const module = "github.com/gdbench/gdbench/"

// registeredElsewhere reports whether the caller's caller, which registers a component, was
// itself called from a package that is not of gdbench: the component is a user's, and gdbench's
// version says nothing about its code.
func registeredElsewhere() bool {
	var pcs [16]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs[:])])
	for {
		frame, more := frames.Next()
		name := frame.Function
		if name != "" && !strings.HasPrefix(name, module) && !strings.HasPrefix(name, "runtime.") {
			return true
		}
		if !more {
			return false
		}
	}
}

// Unversioned names the parts of a component that are not gdbench's own and do not state a
// version: nothing tells whether their code is still the same.
func (s *Spec) Unversioned() []string {
	var names []string
	if s.Entry.foreign && s.Entry.Version == 0 {
		names = append(names, s.Entry.Name)
	}
	visit := func(value any) {
		switch v := value.(type) {
		case *Spec:
			names = append(names, v.Unversioned()...)
		case []*Spec:
			for _, part := range v {
				names = append(names, part.Unversioned()...)
			}
		}
	}
	for _, f := range s.Entry.Fields() {
		visit(s.Value(f))
	}
	for _, a := range s.Extra {
		visit(a.Value)
	}
	slices.Sort(names)
	return slices.Compact(names)
}
