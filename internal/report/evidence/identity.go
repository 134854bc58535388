package evidence

// Identity is by which a method is recognized in all figures and on the page: a number that gives
// it its colour, dashes and symbol. Numbers are given in the order in which methods ran first, to
// those first that figures of convergence show.
type Identity struct {
	Group int // of the method, whatever its learning rate
	Name  int // of the method, whatever its learning rate and batch size: that of its first group
	// Setting is that of the method, unless figures show several of its settings beside each
	// other: then each has its own, the first of them that of the method.
	Setting int
}

// identify gives every entry its identity.
func (e *Evidence) identify() {
	shown, several := map[string]bool{}, map[string]bool{}
	for _, p := range e.Problems {
		leaders, _ := p.Leaders(CurveRoom)
		before := map[string]bool{}
		for _, entry := range leaders {
			shown[entry.Label] = true
			several[entry.Group] = several[entry.Group] || before[entry.Group]
			before[entry.Group] = true
		}
	}
	next := 0
	groups, names, settings := map[string]int{}, map[string]int{}, map[string]int{}
	number := func(entry *Entry) {
		group, known := groups[entry.Group]
		if !known {
			group, next = next, next+1
			groups[entry.Group] = group
		}
		if _, taken := names[entry.Name()]; !taken {
			names[entry.Name()] = group
		}
		if _, taken := settings[entry.Label]; taken {
			return
		}
		settings[entry.Label] = group
		if known && several[entry.Group] && shown[entry.Label] {
			settings[entry.Label], next = next, next+1
		}
	}
	for _, first := range []bool{true, false} {
		for _, p := range e.Problems {
			for _, entry := range p.Entries {
				if shown[entry.Label] == first {
					number(entry)
				}
				entry.Identity = Identity{groups[entry.Group], names[entry.Name()], settings[entry.Label]}
			}
		}
	}
}
