package results

import "fmt"

// Schema is the version of the run files. A reader refuses a newer one, and reads older
// ones with a note of what they lack: schema 2 added families, learning rates, stability
// limits, the facts that methods used and laws to records, and families to baselines.
const Schema = 2

// BaselineSchema is the version of baseline files. It goes with Schema.
const BaselineSchema = 2

// Lacks says what the records of a run of an older schema do not say and what to do about
// it, "" where nothing is missing. It is for the reader of a report.
func (m *Manifest) Lacks() string {
	if m.Schema >= Schema {
		return ""
	}
	return fmt.Sprintf("the run of suite %s was written by gdbench %s (schema %d): its records do not name families, learning rates, "+
		"stability limits, the facts that methods use, numbers of variables and the laws that runs follow; run the suite again for what depends on them", m.Suite, m.Version, m.Schema)
}

// Lacks is the same for a baseline, which needs its families only.
func (b *Baseline) Lacks() string {
	for i := range b.Summaries {
		if b.Summaries[i].Families != nil {
			return ""
		}
	}
	if len(b.Summaries) == 0 || b.Path == "" {
		return ""
	}
	if b.folder {
		return fmt.Sprintf("%s was written by gdbench %s (schema %d) and does not name the families of problems; run the suite again", b.Path, b.Version, b.Baseline)
	}
	return fmt.Sprintf("%s is a baseline of schema %d and does not name the families of problems; `gdbench baseline --migrate %s` adds them", b.Path, b.Baseline, b.Path)
}
