package results

// Tuned is the place of a cell in the tuning of its method.
type Tuned struct {
	Method  string `json:"method"`            // label of the method as the suite writes it
	Problem string `json:"problem,omitempty"` // what instances are instances of: trials and final runs have different ones
	Study   int    `json:"study,omitempty"`   // which of the independent searches, from 1; absent: settings as the suite writes them
	Trial   int    `json:"trial,omitempty"`   // number of the trial, from 1; of a final run, that of the one whose settings it has
	After   int    `json:"after,omitempty"`   // of a final run: the number of trials that its settings were chosen from; absent: a trial
	Budget  Number `json:"budget"`            // what a missed target costs, in the cost of the score
}

// IsTrial reports whether the cell is a trial: a search for settings, and no result.
func (t *Tuned) IsTrial() bool { return t != nil && t.Trial > 0 && t.After == 0 }

// IsFinal reports whether the cell has the settings that a search has found.
func (t *Tuned) IsFinal() bool { return t != nil && t.After > 0 }

// IsResult reports whether a record of the run is one of its results: neither a trial nor a run
// with what only the first trials choose.
func (m *Manifest) IsResult(r *Record) bool {
	return !r.Tuned.IsTrial() && !(r.Tuned.IsFinal() && m.Tuning != nil && r.Tuned.After < m.Tuning.Trials)
}

// Tuning is how the methods of a run were tuned.
type Tuning struct {
	Trials  int      `json:"trials"`  // settings that are tried in each study
	Studies int      `json:"studies"` // independent searches
	Sampler string   `json:"sampler"` // "halton" or "random"
	Scope   string   `json:"scope"`   // what one setting is chosen for: "problem", "suite" or "leave-one-out"
	After   []int    `json:"after"`   // numbers of trials after which settings are chosen and run
	Targets []Number `json:"targets"` // relative gaps whose costs make the score
	Cost    string   `json:"cost"`    // of the score

	Methods  []TunedMethod  `json:"methods"`
	Problems []TunedProblem `json:"problems"`
}

// TunedMethod is the space that the settings of a method were drawn from.
type TunedMethod struct {
	Method string       `json:"method"` // label as the suite writes it
	Name   string       `json:"name"`   // of the component
	Source string       `json:"source"` // of the space; "the suite" where the suite writes it
	Space  []Coordinate `json:"space"`
}

// Coordinate is one parameter of a space.
type Coordinate struct {
	Parameter string   `json:"parameter"`         // path: "lr", "step.t"
	Form      string   `json:"form"`              // "uniform", "loguniform", "oneminus-log", "integer" or "choice"
	Low       Number   `json:"low"`               // of the parameter, or of 1 less it; null for a choice
	High      Number   `json:"high"`              //
	Unit      string   `json:"unit,omitempty"`    // that low and high are multiples of: "1/L"
	Uses      []string `json:"uses,omitempty"`    // facts about the problem in the unit, which methods without them do not use
	Choices   []string `json:"choices,omitempty"` // as the suite writes them
	When      string   `json:"when,omitempty"`    // condition on other parameters, in words

	Conditions []Condition `json:"conditions,omitempty"` // the same: all have to hold, otherwise the parameter stays as written
}

// Condition is that another parameter has one of some values, as the suite writes them.
type Condition struct {
	Parameter string   `json:"parameter"`
	Values    []string `json:"values"`
}

// TunedProblem is a problem, all its instances together, and what was tried on it.
type TunedProblem struct {
	Problem  string `json:"problem"`             // label without the number of an instance
	HeldOut  bool   `json:"held_out,omitempty"`  // no setting was chosen by it
	InSample bool   `json:"in_sample,omitempty"` // trials of methods that are not random ran on the very runs that are reported
	SameData bool   `json:"same_data,omitempty"` // trials had other seeds, on the same problem
	// OtherSplit says that each study tried settings on another division of the data into training and held-out samples.
	OtherSplit bool `json:"other_split,omitempty"`

	// Of a map of what methods can do: how the problem is harder than its base, and how much.
	Mode string `json:"mode,omitempty"`
	Dose Number `json:"dose,omitempty"`
	Base string `json:"base,omitempty"` // label of the problem that it is compared with
}
