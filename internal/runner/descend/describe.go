package descend

import (
	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/results"
)

// component is the record's form of a component: its parameters as they are now, then
// those keys of its entry in the suite that decide the run (start, batch, sampling).
func component(built any, spec *param.Spec, keys any, names ...string) results.Component {
	c := recorded(spec.Describe(built)).(results.Component)
	for _, name := range names {
		value := recorded(param.Plain(spec.ExtraValue(keys, name)))
		if param.HasField(spec.Entry.Fields(), name) { // Nesterov's method has a schedule of its own
			name = "lr_" + name
		}
		c.Parameters = append(c.Parameters, results.Parameter{Name: name, Value: value})
	}
	return c
}

func recorded(value any) any {
	switch v := value.(type) {
	case param.Described:
		c := results.Component{Name: v.Name}
		for _, p := range v.Parameters {
			c.Parameters = append(c.Parameters, results.Parameter{Name: p.Name, Value: recorded(p.Value)})
		}
		return c
	case []any:
		list := make([]any, len(v))
		for i, entry := range v {
			list[i] = recorded(entry)
		}
		return list
	}
	return value
}
