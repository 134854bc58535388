package results

import "fmt"

// Shard is one part of a run that was dealt out to several processes.
type Shard struct {
	Index int `json:"index"` // from 1
	Of    int `json:"of"`
}

// String is the form of the command line: 2/8.
func (s Shard) String() string { return fmt.Sprintf("%d/%d", s.Index, s.Of) }
