package demands

import (
	"github.com/gdbench/gdbench/internal/methods/wrap"
	"github.com/gdbench/gdbench/internal/param"
)

// bare is the method around which wrappers and schedules are tried: a simple one, so that what is
// asked for and kept is theirs.
const bare = "{name: fixed-step, lr: 1e-3}"

// outer is an entry that goes around a method, and nil for others.
func outer(e *param.Entry) *param.Entry {
	if e.Kind == wrap.Registry.Kind || e.Kind == wrap.ScheduleRegistry.Kind {
		return e
	}
	return nil
}

// wrapped is the component with the wrapper or schedule of the trial around it.
func (t trial) wrapped(component any) (any, error) {
	if t.outer == nil {
		return component, nil
	}
	part := t.outer.Prototype()
	if err := param.SetDefaults(part); err != nil {
		return nil, err
	}
	if err := param.Resolve(part, t.facts.Global); err != nil {
		return nil, err
	}
	if schedule, ok := part.(wrap.Schedule); ok {
		return wrap.Around(component, schedule, nil), nil
	}
	return wrap.Around(component, nil, []wrap.Wrapper{part.(wrap.Wrapper)}), nil
}

// around are the demands of a wrapper or schedule, beside those of the method alone.
func (t trial) around(found ran, on string, sized []Subject) (Demands, error) {
	alone := t
	alone.outer = nil
	own, err := alone.run()
	return Demands{
		Requires: found.requires, Cost: found.cost, On: on, Memory: t.memory(sized),
		Around: bare, AloneCost: own.cost, AloneMemory: alone.memory(sized),
	}, err
}
