package text

import (
	"fmt"
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

// Few lists the first n names, and says how many more there are: "A, B and 2 more".
func Few(names []string, n int) string {
	if more := len(names) - n; more > 0 {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:n], ", "), more)
	}
	return strings.Join(names, ", ")
}
