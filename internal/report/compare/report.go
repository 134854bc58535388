package compare

import (
	"time"

	"github.com/gdbench/gdbench/results"
)

// Schema is the version of the report's JSON form.
const Schema = 2

// Report is the outcome of a comparison. Its JSON form is canonical: every other format
// is rendered from it.
type Report struct {
	Schema   int             `json:"schema"`
	Headline string          `json:"headline"`
	Finds    string          `json:"finds,omitempty"` // which loss would have been found, in words; empty where nothing random differs
	Again    string          `json:"again,omitempty"` // what became of the losses that runs with another seed looked at again, in words; empty where none did
	Base     Side            `json:"base"`
	New      Side            `json:"new"`
	Settings Settings        `json:"settings"`
	Cells    int             `json:"cells"`    // compared, repeats of one cell counted once
	Tests    int             `json:"tests"`    // that share α
	Verdicts map[Verdict]int `json:"verdicts"` // rows by verdict, advisory ones left out
	Levels   []Row           `json:"levels"`   // the suite and each method, by metric: worst first
	Rows     []Row           `json:"rows"`     // the cells, worst first
	Rollups  []Row           `json:"rollups"`  // each method over families of problems, not gated: what to expect elsewhere
	Warnings []string        `json:"warnings"`
}

// Side is one of the two runs.
type Side struct {
	Path      string            `json:"path"`
	Suite     string            `json:"suite"`
	Version   string            `json:"version"`
	Commit    string            `json:"commit"`
	Toolchain results.Toolchain `json:"toolchain"`
	Processor string            `json:"processor"`
	Workers   int               `json:"workers"`
	Started   time.Time         `json:"started"`
	Cells     int               `json:"cells"`
}

// Settings are the options that decided the verdicts.
type Settings struct {
	Alpha     float64  `json:"alpha"`
	Delta     float64  `json:"delta"`
	Tolerance float64  `json:"tolerance"`
	Metrics   []Metric `json:"metrics"`
	Target    string   `json:"target,omitempty"`
	GateTime  bool     `json:"gate_time"`
	Drift     bool     `json:"drift"`     // versions and toolchain classes differ
	Elsewhere bool     `json:"elsewhere"` // toolchain classes differ

	Sensitivity float64        `json:"sensitivity"` // loss of the suite, as a ratio, that a gate must be able to find
	Rules       []results.Rule `json:"rules"`       // δ by metric, method and problem, from the suite of NEW

	asked [2]map[string]string          // what the suites of BASE and NEW ask of every run
	most  map[Metric]map[string]float64 // the largest total of a metric on each problem
	cells int                           // random cells that are compared

	failing int // cells, random or not, in which runs of BASE failed

	lossesOnly, planned bool // see Options
}

// Row is the verdict on one metric of one cell, of one method over all problems, or of the suite.
type Row struct {
	Problem string  `json:"problem"` // label; "all problems" in levels and roll-ups
	Method  string  `json:"method"`  // label; a component's name or "all methods" in levels and roll-ups
	ID      string  `json:"id,omitempty"`
	Metric  Metric  `json:"metric"`
	Goal    string  `json:"goal,omitempty"` // what the cost leads to: "gap 1e-08", "stop"
	Class   Class   `json:"class,omitempty"`
	Verdict Verdict `json:"verdict"`
	Note    string  `json:"note,omitempty"` // in words, where the numbers do not say it

	Base     results.Number  `json:"base"`   // median, or share of success; null: never, or unknown
	New      results.Number  `json:"new"`    //
	Effect   results.Number  `json:"effect"` // NEW/BASE, of random costs the geometric mean; success: difference of the shares
	Delta    results.Number  `json:"delta"`  // tolerated loss; null: none is defined, or they differ
	Interval *results.Series `json:"interval,omitempty"`
	N        int             `json:"n"` // pairs; blocks in a level, clusters in a roll-up
	P        results.Number  `json:"p"` // of "worse by no more than δ", adjusted for all tests of the level; null: no test
	Power    *Power          `json:"power,omitempty"`
	Gated    bool            `json:"gated"`
	Drift    bool            `json:"drift,omitempty"`
	Envelope *results.Series `json:"envelope,omitempty"` // least and most of BASE from starts moved by a few ulp
	Accepted string          `json:"accepted,omitempty"` // the reason, where the verdict is accepted

	component string   // name of the method
	cluster   string   // family of the problem
	margins   []margin // of a random row, by block
	pBetter   float64
	differs   bool
	covered   bool    // an accepted loss, left out of levels
	lost      float64 // of success: the share of the runs that ended worse, on balance
}

// Power says what the test of a row would have found.
type Power struct {
	Level      results.Number `json:"level"`            // the share of α of all tests of its level
	Spread     results.Number `json:"spread"`           // standard deviation of log(NEW/BASE) over pairs or blocks
	Detectable results.Number `json:"detectable"`       // the ratio found with probability 80%; null: none
	Needed     int            `json:"needed,omitempty"` // blocks without which nothing can be found
}

// Cell names what a row is about, as tables and accepted.yaml write it.
func (r *Row) Cell() string { return r.Method + " on " + r.Problem }
