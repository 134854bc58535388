package wire

import "encoding/json"

// Hello is the first message of a process: what it is, and which components it has.
type Hello struct {
	Protocol int         `json:"protocol"`
	Name     string      `json:"name"`
	Version  string      `json:"version"`
	Methods  []Component `json:"methods"`
	Problems []Component `json:"problems"`
}

// Component is a method or a problem that a process offers.
type Component struct {
	Name       string      `json:"name"`
	Summary    string      `json:"summary"`
	Formula    string      `json:"formula"`
	Source     string      `json:"source"`
	DOI        string      `json:"doi"`
	Family     string      `json:"family"`
	Version    string      `json:"version"` // of the component; empty: that of the process
	Parameters []Parameter `json:"parameters"`

	// Of methods.
	Random   bool     `json:"random"`   // its iterates depend on the seed that it is given
	Batches  bool     `json:"batches"`  // it can work on mini-batches
	Asked    bool     `json:"asked"`    // it announces no iterates: they are the points that it asks about
	Proximal bool     `json:"proximal"` // it can minimize a sum with a part that has a proximal operator
	Needs    []string `json:"needs"`    // what a problem must offer: "hessian", "residuals", …
}

// Parameter is a setting of a component.
type Parameter struct {
	Name    string          `json:"name"`
	Type    string          `json:"type"`    // one of Types
	Default json.RawMessage `json:"default"` // absent: it must be written
	Range   string          `json:"range"`   // "[0,1)", "(0,)"
	OneOf   []string        `json:"oneof"`   // the words that a text may be
	Space   string          `json:"space"`   // where `tune: default` draws it from: "{loguniform: [1e-3, 1]}"
	Doc     string          `json:"doc"`
}

// Start begins a run of a method. The starting point follows in a frame of kind Iterate.
type Start struct {
	Method     string         `json:"method"`
	Parameters map[string]any `json:"parameters"`
	Dim        int            `json:"dim"`
	Offers     []string       `json:"offers"`              // what can be asked beyond values and gradients
	Samples    int            `json:"samples,omitempty"`   // terms of the sum; absent: the problem is none
	Residuals  int            `json:"residuals,omitempty"` // number of them
	Batched    bool           `json:"batched,omitempty"`   // values and gradients are those of the current batch
	Horizon    int            `json:"horizon,omitempty"`   // iterations that the budget allows; absent: not known
	Seed       uint64         `json:"seed,omitempty"`      // of methods that are random
}

// Build makes a problem in a process; Number names it in the frames that follow.
type Build struct {
	Problem    string         `json:"problem"`
	Number     int            `json:"number"`
	Parameters map[string]any `json:"parameters"`
	Seed       uint64         `json:"seed"`
	Dir        string         `json:"dir"` // folder that relative paths of data start from
}

// Built is the answer to Build.
type Built struct {
	Dim         int                `json:"dim"`
	Start       []float64          `json:"start"`   // the standard one
	Starts      []Named            `json:"starts"`  // further ones
	Offers      []string           `json:"offers"`  // what can be asked beyond values and gradients
	Samples     int                `json:"samples"` // terms, of a sum
	Residuals   int                `json:"residuals"`
	Convexity   string             `json:"convexity"` // "strongly convex", "convex", "nonconvex"; empty: unknown
	Minimum     *Minimum           `json:"minimum"`
	Constants   map[string]float64 `json:"constants"` // L, mu, …, valid everywhere
	Notes       []string           `json:"notes"`
	Diagnostics []string           `json:"diagnostics"` // names of further numbers
	Approximate bool               `json:"approximate"` // the gradient is not checked against the value
	Shapes      []Block            `json:"shapes"`      // how the variables form matrices and vectors; empty: unknown
}

// Block is a part of the variables, a matrix row by row; the first begins at variable 0, and each
// of the others where the one before it ends.
type Block struct {
	Name    string `json:"name"`
	Kind    string `json:"kind"` // "matrix", "bias", "embedding"
	Rows    int    `json:"rows"`
	Columns int    `json:"columns"`
}

// Named is a starting point with its name.
type Named struct {
	Name string    `json:"name"`
	X    []float64 `json:"x"`
}

// Minimum is what a process knows of the least value.
type Minimum struct {
	Value    float64     `json:"value"`
	Accuracy float64     `json:"accuracy"`
	Points   [][]float64 `json:"points"`
}

// Control is a line of JSON: exactly one of its fields is set.
type Control struct {
	Gdbench *Greeting `json:"gdbench,omitempty"` // to the process, first
	Run     *Start    `json:"run,omitempty"`     // to the process
	Build   *Build    `json:"build,omitempty"`   // to the process

	Hello *Hello `json:"hello,omitempty"` // the answer to Gdbench
	Built *Built `json:"built,omitempty"` // the answer to Build
	Done  *Done  `json:"done,omitempty"`  // the end of a run
	Error string `json:"error,omitempty"` // what went wrong, in place of any answer
}

// Greeting is what gdbench says first.
type Greeting struct {
	Protocol int    `json:"protocol"`
	Version  string `json:"version"`
}

// Done is the end of a run: by the method's own rule, or after Stop.
type Done struct {
	Message string `json:"message"`
}

// What a problem may offer, and a method need, beyond values and gradients.
const (
	OfferHessian        = "hessian"
	OfferHessianProduct = "hessian_product"
	OfferResiduals      = "residuals"
	OfferSamples        = "samples"
	OfferProx           = "prox"
)
