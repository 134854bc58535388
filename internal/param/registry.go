package param

import (
	"fmt"
	"reflect"
	"slices"
	"sync"

	"github.com/gdbench/gdbench/internal/text"
	"gopkg.in/yaml.v3"
)

// Info is what a catalogue says about a component.
type Info struct {
	Summary string   // one line
	Formula string   // plain Unicode
	Source  string   // citation: author year, title or place
	DOI     string   // without https://doi.org/
	Aliases []string // other names of the same component
	Family  string   // problems or methods that are variants of one idea share it
	Version int      // raised when results change though the parameters do not; of a user's component 0 is none: nothing of it is reused

	// Defaults are texts in the suite language, by parameter, that replace the
	// defaults in the struct's tags: a preset.
	Defaults map[string]string
}

// Entry is a registered component.
type Entry struct {
	Info
	Name string
	Kind string

	// Edition and Origin are of a component of another process: what tells its results from
	// those of another version of it, and where it comes from.
	Edition, Origin string

	foreign bool // registered by a package that is not of gdbench, or lent by a process

	make   func() any // a pointer to a new struct
	once   sync.Once
	fields []*Field
}

// own is the default of a field whose value the component is made with, and the range of
// one whose range the component gives, so that components of one type can differ in them.
const own = "own"

// Ranged is a component with fields whose range is "own".
type Ranged interface {
	Range(parameter string) Interval
}

// Fields are the parameters of the component in declared order.
func (e *Entry) Fields() []*Field {
	e.once.Do(func() {
		made := inside(reflect.ValueOf(e.make()))
		t := made.Type()
		if t.Kind() != reflect.Pointer || t.Elem().Kind() != reflect.Struct {
			panic(fmt.Sprintf("param: %s %s is a %s; register a pointer to a struct", e.Kind, e.Name, t))
		}
		e.fields = readFields(t.Elem()) // its own, for defaults may differ
		prototype := made.Elem()
		for _, f := range e.fields {
			if f.Default == own {
				f.Default = Text(prototype.FieldByIndex(f.index).Interface())
			}
			if f.ownRange {
				f.Range = prototype.Addr().Interface().(Ranged).Range(f.Name)
			}
			if preset, ok := e.Defaults[f.Name]; ok {
				f.Default, f.Required = preset, false
			}
		}
		for name := range e.Defaults {
			if find(e.fields, name) == nil {
				panic(fmt.Sprintf("param: %s %s has no parameter %q to preset", e.Kind, e.Name, name))
			}
		}
	})
	return e.fields
}

// Prototype is a new component as it was registered, its parameters not yet set, for
// asking which interfaces it satisfies.
func (e *Entry) Prototype() any { return e.make() }

// Foreign reports whether the component does not come with gdbench.
func (e *Entry) Foreign() bool { return e.foreign }

// Registry holds the components of one kind. It is filled by init functions and only
// read afterwards, but for those that are lent while a suite is read.
type Registry struct {
	Kind string
	// Shorthand, if set, rewrites a node before it is read as a component: a path into
	// {name: csv, path: …}, a vector into {name: point, x: …}. It returns nil for a
	// node that needs no rewriting.
	Shorthand func(*yaml.Node) *yaml.Node

	// Keyed says that the shorthand reads a map of a name to what it needs, such as {clip: 1}.
	Keyed bool
	// Hint, if set, ends the message of an unknown name: what else may have been meant.
	Hint func(name string) string

	mu      sync.RWMutex      // guards the two below
	entries map[string]*Entry // by name and by alias
	names   []string          // without aliases, sorted
}

// kinds finds the registry behind a field of interface type.
var kinds = map[reflect.Type]*Registry{}

// NewRegistry makes the registry of all components that satisfy the interface T.
func NewRegistry[T any](kind string) *Registry {
	r := &Registry{Kind: kind, entries: map[string]*Entry{}}
	kinds[reflect.TypeFor[T]()] = r
	return r
}

// Of is the registry of the components that satisfy the interface T. That there is none is a
// programmer's mistake and panics.
func Of[T any]() *Registry {
	r := kinds[reflect.TypeFor[T]()]
	if r == nil {
		panic(fmt.Sprintf("param: there is no registry of %s", reflect.TypeFor[T]()))
	}
	return r
}

// Register adds a component. A name that is taken is a programmer's mistake and panics.
func (r *Registry) Register(name string, info Info, make func() any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	entry := &Entry{Info: info, Name: name, Kind: r.Kind, foreign: registeredElsewhere(), make: make}
	for _, n := range append([]string{name}, info.Aliases...) {
		if r.entries[n] != nil {
			panic(fmt.Sprintf("param: %s %q is registered twice", r.Kind, n))
		}
		r.entries[n] = entry
	}
	r.list(name)
}

// list adds the name of a component to the sorted ones; mu is held.
func (r *Registry) list(name string) {
	at, _ := slices.BinarySearch(r.names, name)
	r.names = slices.Insert(r.names, at, name)
}

// Names lists the components without aliases, sorted.
func (r *Registry) Names() []string {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return slices.Clone(r.names)
}

// Lookup finds a component by name or alias.
func (r *Registry) Lookup(name string) (*Entry, error) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	if e := r.entries[name]; e != nil {
		return e, nil
	}
	valid := make([]string, 0, len(r.entries))
	for n := range r.entries {
		valid = append(valid, n)
	}
	slices.Sort(valid)
	hint := text.Suggest(name, valid)
	if hint == "" {
		hint = "; see `gdbench list`"
	}
	if r.Hint != nil {
		hint += r.Hint(name)
	}
	return nil, fmt.Errorf("unknown %s %q%s", r.Kind, name, hint)
}

// Has reports whether a name or alias is taken.
func (r *Registry) Has(name string) bool {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.entries[name] != nil
}
