package compare

import "slices"

// Verdict is what a comparison concludes about one row.
type Verdict string

const (
	Same         Verdict = "same"         // identical, or a difference below the floor
	Changed      Verdict = "changed"      // different, and not shown to be worse or better by more than is tolerated
	Improved     Verdict = "improved"     // better by more than is tolerated
	Regressed    Verdict = "regressed"    // worse by more than is tolerated
	Broke        Verdict = "broke"        // the target was met, and no longer is in any repeat
	Fixed        Verdict = "fixed"        // the reverse
	Missing      Verdict = "missing"      // a cell of BASE that NEW has not
	New          Verdict = "new"          // a cell of NEW that BASE has not
	Incomparable Verdict = "incomparable" // the two met different conditions
	Underpowered Verdict = "underpowered" // different, and the data could not have shown a loss of the sensitivity that is asked for
)

// Verdicts lists all of them, worst first: the order of every table.
var Verdicts = []Verdict{Broke, Regressed, Missing, Incomparable, Underpowered, Changed, New, Fixed, Improved, Same}

func (v Verdict) rank() int { return slices.Index(Verdicts, v) }

// Bad reports whether the verdict speaks against NEW.
func (v Verdict) Bad() bool { return v == Regressed || v == Broke || v == Missing }

// Class is how a metric of a cell is judged.
type Class string

const (
	Exact    Class = "exact"
	Random   Class = "random"   // a cost that differs from repeat to repeat
	Moved    Class = "moved"    // a cost over starts moved by a few ulp
	Families Class = "families" // random costs over families of problems
	Success  Class = "success"
	Timing   Class = "timing"
	None     Class = "" // the cell as a whole: missing, new, incomparable
)
