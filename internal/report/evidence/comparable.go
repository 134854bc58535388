package evidence

import (
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/text"
)

// Comparable are the problems on which methods are compared: those on which some method arrived and
// another competed, and about each method of the comparison something is known.
type Comparable struct {
	Medians []MedianCosts
	Omitted // for what is unknown of archived methods
}

// Omitted is what is left out of a comparison because archived methods ended before any
// method arrived. Averages over what remains of each would favour these: of two methods with the same runs,
// the archived one would be without its misses.
type Omitted struct {
	methods []bool
	parts   int // problems, or instances
	names   []string
}

// omit decides, from whether each method took part in each part and whether it is unknown there: a
// method that is unknown in more than half of its parts is left out, and then each part
// where a method is still unknown.
func (c *Contest) omit(parts int, took, unknown func(m, part int) bool) (Omitted, []bool) {
	o := Omitted{methods: make([]bool, len(c.Methods))}
	out := make([]bool, parts)
	for m, name := range c.Methods {
		all, missing := 0, 0
		for k := range parts {
			if took(m, k) {
				all++
			}
			if unknown(m, k) {
				missing++
			}
		}
		if o.methods[m] = 2*missing > all; o.methods[m] {
			o.names = append(o.names, name)
			continue
		}
		for k := range parts {
			out[k] = out[k] || unknown(m, k)
		}
	}
	for _, omitted := range out {
		if omitted {
			o.parts++
		}
	}
	return o, out
}

// Method reports whether a method is left out.
func (o *Omitted) Method(m int) bool { return o.methods[m] }

// Some reports whether anything is left out.
func (o *Omitted) Some() bool { return o.parts > 0 || len(o.names) > 0 }

// Notes name what is left out; part is what the comparison is over, "problem" or "instance".
func (o *Omitted) Notes(part string) []string {
	var out []string
	if len(o.names) > 0 {
		out = append(out, "Left out, since they ended before any method arrived in more than half of the "+english.Noun(2, part)+": "+text.Some(o.names)+".")
	}
	if o.parts > 0 {
		out = append(out, "Left out for all methods: "+english.Count(o.parts, part)+" in which an archived method ended before any method arrived; whether it would have arrived is unknown.")
	}
	return out
}

// Comparable are the median costs by which methods are compared.
func (c *Contest) Comparable(g Goal, cost Cost) Comparable {
	competed := func(o MedianCosts) bool {
		return !math.IsInf(lowest(o.Costs), 1) && len(defined(o.Costs)) > 1
	}
	var all []MedianCosts
	for _, o := range c.Medians(g, cost) {
		if !math.IsInf(lowest(o.Costs), 1) {
			all = append(all, o)
		}
	}
	unknown := func(m, k int) bool { return all[k].Unknown[m] }
	took := func(m, k int) bool { return unknown(m, k) || !math.IsNaN(all[k].Costs[m]) }
	omitted, problems := c.omit(len(all), took, unknown)
	out := Comparable{Omitted: omitted}
	for k, o := range all {
		for m := range o.Costs {
			if omitted.methods[m] {
				o.Costs[m] = math.NaN()
			}
		}
		if !problems[k] {
			out.Medians = append(out.Medians, o)
		}
	}
	out.Medians = slices.DeleteFunc(out.Medians, func(o MedianCosts) bool { return !competed(o) })
	return out
}

// Known are the instances on which the costs of all methods are known that take part in a
// distribution of them, and what is left out.
func (c *Contest) Known(g Goal, cost Cost) ([]Instance, Omitted) {
	took := func(m, k int) bool { return !math.IsNaN(c.Instances[k].Cost(m, g, cost)) }
	omitted, instances := c.omit(len(c.Instances), took, func(m, k int) bool {
		i := &c.Instances[k]
		cell := i.Cells[m] // only archived runs can be censored: the best cost is asked for no others
		return cell != nil && cell.Entry.Archived && cell.Censored(g, cost, i.Best(g, cost))
	})
	var out []Instance
	for k, i := range c.Instances {
		if !instances[k] {
			out = append(out, i)
		}
	}
	return out, omitted
}
