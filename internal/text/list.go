package text

import (
	"strconv"
	"strings"
)

// Some joins a few of many places and says how many more there are.
func Some(places []string) string {
	const most = 3
	if len(places) <= most {
		return strings.Join(places, "; ")
	}
	return strings.Join(places[:most], "; ") + "; and " + strconv.Itoa(len(places)-most) + " more"
}
