package report

import (
	"slices"
	"strings"
)

// uses is what a method of the contest was told on any problem; "–" for nothing.
func (c *Contest) uses(m int) string {
	var all []string
	for _, i := range c.Instances {
		if cell := i.Cells[m]; cell != nil {
			all = append(all, cell.Entry.Uses...)
		}
	}
	slices.Sort(all)
	all = slices.Compact(all)
	if len(all) == 0 {
		return "–"
	}
	return strings.ReplaceAll(strings.Join(all, ", "), "mu", "μ")
}
