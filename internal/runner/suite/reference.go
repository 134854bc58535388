package suite

import (
	"reflect"
	"slices"
	"strings"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/results"
	"gopkg.in/yaml.v3"
)

// checkReference refuses a reference that the suite does not have.
func (s *Suite) checkReference(source param.Source, root *yaml.Node) error {
	if s.Reference == "" || s.ReferenceMethod() != nil {
		return nil
	}
	var known []string
	for _, m := range s.Methods {
		known = append(known, m.called()...)
	}
	return source.Errorf(param.Get(root, "reference"), "reference: the suite has no method %q%s", s.Reference, text.Suggest(s.Reference, slices.Compact(slices.Sorted(slices.Values(known)))))
}

// ReferenceMethod is the method that the suite has reports compare the others with, with all of
// its settings; nil where the suite leaves that to them.
func (s *Suite) ReferenceMethod() *results.Reference {
	out := &results.Reference{Name: s.Reference}
	for _, m := range s.Methods {
		if slices.Contains(m.called(), s.Reference) {
			out.Methods = append(out.Methods, m.Label)
		}
	}
	if len(out.Methods) == 0 {
		return nil
	}
	return out
}

// OwnMethods are the labels of the methods that do not come with gdbench: their component, or
// one that they are made of, was registered by another module.
func (s *Suite) OwnMethods() []string {
	var out []string
	for _, m := range s.Methods {
		if m.own {
			out = append(out, m.Label)
		}
	}
	return out
}

// module is the path below which the components lie that come with gdbench.
const module = "github.com/gdbench/gdbench"

// isOwn reports whether the type of a component, or of one in its fields, is of another module.
func isOwn(component any) bool {
	v := reflect.ValueOf(component)
	for v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	if v.Kind() != reflect.Struct {
		return false
	}
	if path := v.Type().PkgPath(); path != module && !strings.HasPrefix(path, module+"/") {
		return true
	}
	for i := range v.NumField() {
		if f := v.Field(i); f.Kind() == reflect.Interface && v.Type().Field(i).IsExported() && !f.IsNil() && isOwn(f.Interface()) {
			return true
		}
	}
	return false
}
