package compare

import (
	"time"

	"github.com/gdbench/gdbench/results"
)

// Schema is the version of the report's JSON form.
const Schema = 1

// Report is the outcome of a comparison. Its JSON form is canonical: every other format
// is rendered from it.
type Report struct {
	Schema   int             `json:"schema"`
	Headline string          `json:"headline"`
	Base     Side            `json:"base"`
	New      Side            `json:"new"`
	Settings Settings        `json:"settings"`
	Cells    int             `json:"cells"`    // compared, repeats of one cell counted once
	Tests    int             `json:"tests"`    // that share α
	Verdicts map[Verdict]int `json:"verdicts"` // rows by verdict, advisory ones left out
	Rollups  []Row           `json:"rollups"`  // one a method and metric, over all problems
	Rows     []Row           `json:"rows"`     // worst first
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

	asked [2]map[string]string // what the suites of BASE and NEW ask of every run
}

// Row is the verdict on one metric of one cell, or of one method over all problems.
type Row struct {
	Problem string  `json:"problem"` // label; "all problems" in a roll-up
	Method  string  `json:"method"`  // label; a component's name in a roll-up
	ID      string  `json:"id,omitempty"`
	Metric  Metric  `json:"metric"`
	Goal    string  `json:"goal,omitempty"` // what the cost leads to: "gap 1e-08", "stop"
	Class   Class   `json:"class,omitempty"`
	Verdict Verdict `json:"verdict"`
	Note    string  `json:"note,omitempty"` // in words, where the numbers do not say it

	Base     results.Number  `json:"base"`   // median, or share of success; null: never, or unknown
	New      results.Number  `json:"new"`    //
	Effect   results.Number  `json:"effect"` // NEW/BASE; success: difference of the shares
	Interval *results.Series `json:"interval,omitempty"`
	N        int             `json:"n"` // pairs, or clusters in a roll-up
	P        results.Number  `json:"p"` // of "worse by no more than δ"; null: no test
	HolmP    results.Number  `json:"holm_p"`
	Power    *Power          `json:"power,omitempty"`
	Gated    bool            `json:"gated"`
	Drift    bool            `json:"drift,omitempty"`
	Envelope *results.Series `json:"envelope,omitempty"` // least and most of BASE from starts moved by a few ulp
	Accepted string          `json:"accepted,omitempty"` // the reason, where the verdict is accepted

	weight  float64 // share of α
	pBetter float64
	differs bool
}

// Power says what the test of a row could have found.
type Power struct {
	Level      results.Number `json:"level"`            // of this test, its share of α
	Spread     results.Number `json:"spread"`           // standard deviation of log(NEW/BASE)
	Detectable results.Number `json:"detectable"`       // the ratio found with probability 80%; null: none
	Needed     int            `json:"needed,omitempty"` // pairs without which nothing can be found
}

// Cell names what a row is about, as tables and accepted.yaml write it.
func (r *Row) Cell() string { return r.Method + " on " + r.Problem }
