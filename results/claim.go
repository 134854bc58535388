package results

import "slices"

// Claim is what a suite says about its own outcome, as the manifest keeps it: resolved, so
// that it can be checked against the records by whoever has the files.
type Claim struct {
	Name   string  `json:"name,omitempty"`   // by which Look cites it
	Text   string  `json:"text"`             // in words, what it calls true, or false
	Lesson string  `json:"lesson,omitempty"` // key of the lesson that shows it
	Place  string  `json:"place"`            // file:line:column of the suite
	Holds  bool    `json:"holds"`            // false: what it says is wrong, and a run of the suite shows it
	Share  float64 `json:"share"`            // of the runs that must do so, in (0, 1]

	None bool `json:"none,omitempty"` // true for no run, whatever Share is

	// One of these is what the claim says; the others are zero. Where all are, it says that the
	// target 0 is reached.
	Reaches    float64  `json:"reaches,omitempty"`  // relative gap that is met, or another target
	Kind       string   `json:"kind,omitempty"`     // of the target to be reached, as in Target
	Within     *Within  `json:"within,omitempty"`   // at which cost at the latest; nil: at any
	Status     Status   `json:"status,omitempty"`   // how the runs end
	Ends       string   `json:"ends,omitempty"`     // kind of point where they end: "minimum", "saddle", …
	OnlyOne    string   `json:"only_one,omitempty"` // kind of point; those that end at one end at the same, by problem
	Descends   bool     `json:"descends,omitempty"`
	Gradient   float64  `json:"gradient,omitempty"`   // once ‖∇f‖ is at most this,
	Distance   float64  `json:"distance,omitempty"`   // ‖x−x*‖ is at most this
	Consistent bool     `json:"consistent,omitempty"` // no theorem that applies is violated
	Measure    *Measure `json:"measure,omitempty"`
	At         float64  `json:"at,omitempty"` // target for which the rivals need
	By         float64  `json:"by,omitempty"` // so many times
	In         string   `json:"in,omitempty"` // the cost; "gap": final gaps are compared

	About  []CellsOn `json:"about"`            // cells that it speaks of
	Rivals []CellsOn `json:"rivals,omitempty"` // cells of the method that is beaten
}

// Within are the largest costs at which a target may be met; 0: any.
type Within struct {
	Iterations  int     `json:"iterations,omitempty"`
	Evaluations int64   `json:"evaluations,omitempty"`
	Gradients   int64   `json:"gradients,omitempty"`
	Epochs      float64 `json:"epochs,omitempty"`
	Seconds     float64 `json:"seconds,omitempty"`
}

// MeasureValue is the name of the objective's value among what a claim can measure.
const MeasureValue = "value"

// Measure is a bounded diagnostic, or quotient of two, at an end of a run; its name may be
// MeasureValue too. A bound of 0 is none.
type Measure struct {
	Name  string  `json:"name"`           // as in the trace
	Over  string  `json:"over,omitempty"` // divided by
	Start bool    `json:"start,omitempty"`
	Least float64 `json:"least,omitempty"`
	Most  float64 `json:"most,omitempty"`
}

// Look is something to look at in the results of a suite, with the names of the claims that
// show it.
type Look struct {
	Text   string   `json:"text"`
	Expect []string `json:"expect"`
}

// CellsOn are cells of one problem, by their labels.
type CellsOn struct {
	Problem string   `json:"problem"`
	Methods []string `json:"methods"`
}

// Covers reports whether the claim speaks of a record.
func (c *Claim) Covers(r *Record) bool { return among(c.About, r) }

// Rival reports whether a record belongs to the method that the claim wants beaten.
func (c *Claim) Rival(r *Record) bool { return among(c.Rivals, r) }

func among(cells []CellsOn, r *Record) bool {
	return !r.Tuned.IsTrial() && slices.ContainsFunc(cells, func(on CellsOn) bool {
		return on.Problem == r.Labels.Problem && slices.Contains(on.Methods, r.Labels.Method)
	})
}
