package evidence

import (
	"slices"
	"strings"
)

// Group is a contest on some of the problems of a published suite, those that share a label.
type Group struct {
	Label string
	*Contest
}

// Groups are those of the problems, in order of appearance; none where fewer than two labels are
// shared. Other problems are in none.
func (c *Contest) Groups() []Group {
	var out []Group
	for _, i := range c.Instances {
		label := groupLabel(i.Problem)
		if label == "" {
			continue
		}
		at := slices.IndexFunc(out, func(g Group) bool { return g.Label == label })
		if at < 0 {
			rest := *c
			rest.Instances = nil
			at, out = len(out), append(out, Group{label, &rest})
		}
		out[at].Instances = append(out[at].Instances, i)
	}
	out = slices.DeleteFunc(out, func(g Group) bool { return g.Instances[0].Problem == g.Instances[len(g.Instances)-1].Problem })
	if len(out) < 2 {
		return nil
	}
	return out
}

// groupLabel is the label of a problem of a published suite as far as it does not name parameters:
// that of "ill-conditioned function=10 dim=5" is "ill-conditioned".
func groupLabel(p *Problem) string {
	if p.Example == nil || p.Example.Benchmark == nil || p.Dim == 0 {
		return ""
	}
	var words []string
	for _, word := range strings.Fields(p.Label) {
		if strings.Contains(word, "=") {
			break
		}
		words = append(words, word)
	}
	return strings.Join(words, " ")
}
