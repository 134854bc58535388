// Package report writes the report of finished runs: tables, figures, one page to look
// around in, and warnings about what the runs cannot show. It reads run files and nothing
// else: no descent is run again, and no problem or method needs to be registered.
//
//	run, err := results.Open("results/convex/latest")
//	…
//	written, err := report.Write([]*results.Run{run}, "report", report.Options{})
//
// In a report a run that did not reach a target counts as infinitely expensive, a diverged
// run as infinitely high, and medians and quartiles are taken with these infinities, so
// that failures cannot be hidden by leaving them out. Where f* is unknown, gaps are above
// the best value that any run has seen, and everything that rests on it says so.
package report
