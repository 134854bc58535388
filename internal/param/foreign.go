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
	if s.Entry.foreign && s.Entry.Version == 0 && s.Entry.Edition == "" {
		names = append(names, s.Entry.Name)
	}
	s.parts(func(part *Spec) { names = append(names, part.Unversioned()...) })
	slices.Sort(names)
	return slices.Compact(names)
}

// Origins says where the parts of a component come from that another process has; empty where
// there are none.
func (s *Spec) Origins() string {
	origins := s.Entry.Origin
	s.parts(func(part *Spec) { origins += part.Origins() })
	return origins
}

// Foreign reports whether the component or a part of it is not gdbench's own.
func (s *Spec) Foreign() bool {
	foreign := s.Entry.foreign
	s.parts(func(part *Spec) { foreign = foreign || part.Foreign() })
	return foreign
}

// parts calls visit with the components that are parameters of this one, and its extra keys.
func (s *Spec) parts(visit func(*Spec)) {
	each := func(value any) {
		switch v := value.(type) {
		case *Spec:
			visit(v)
		case []*Spec:
			for _, part := range v {
				visit(part)
			}
		}
	}
	for _, f := range s.Entry.Fields() {
		each(s.Value(f))
	}
	for _, a := range s.Extra {
		each(a.Value)
	}
}
