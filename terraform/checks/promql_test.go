package checks

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// named is a series that an expression asks for, and the labels that it selects by.
type named struct {
	metric string
	labels []string
}

var (
	texts     = regexp.MustCompile(`"(?:\\.|[^"\\])*"`)
	ranges    = regexp.MustCompile(`\[[^\]]*\]`)
	grouping  = regexp.MustCompile(`\b(by|without|on|ignoring|group_left|group_right)\s*\(([^)]*)\)`)
	selectors = regexp.MustCompile(`([a-zA-Z_:][a-zA-Z0-9_:]*)\s*(\{[^}]*\}|\(|)`)
	matchers  = regexp.MustCompile(`([a-zA-Z_][a-zA-Z0-9_]*)\s*(?:=~|!~|!=|=)`)
	numbers   = regexp.MustCompile(`\b\d[\d.]*(?:e[+-]?\d+)?[a-z]*\b`)
	words     = []string{"and", "or", "unless", "bool", "offset", "inf", "nan"}
)

// series reads PromQL just so far as it is written here: names that are no function and no keyword are metrics.
// The second result is the labels that are grouped or joined by.
func series(expression string) ([]named, []string) {
	expression = texts.ReplaceAllString(expression, `""`)
	expression = ranges.ReplaceAllString(expression, "")
	var by []string
	for _, found := range grouping.FindAllStringSubmatch(expression, -1) {
		for _, label := range strings.Split(found[2], ",") {
			if label = strings.TrimSpace(label); label != "" {
				by = append(by, label)
			}
		}
	}
	expression = grouping.ReplaceAllString(expression, " ")
	expression = numbers.ReplaceAllString(expression, " ")
	var all []named
	for _, found := range selectors.FindAllStringSubmatch(expression, -1) {
		if found[2] == "(" || slices.Contains(words, strings.ToLower(found[1])) {
			continue
		}
		// An aggregation whose grouping was taken out, "sum  (x)".
		one := named{metric: found[1]}
		for _, label := range matchers.FindAllStringSubmatch(found[2], -1) {
			one.labels = append(one.labels, label[1])
		}
		all = append(all, one)
	}
	return all, by
}

func TestSeriesAreFoundInExpressions(t *testing.T) {
	for expression, want := range map[string]string{
		`up{job="tidegate"} == 0`: "up{job}",
		`absent(a_b)`:             "a_b{}",
		`sum by (code, reason) (rate(x_total{reason=~"a|b{c}"}[5m])) > 0.1`:                                   "x_total{reason} by code,reason",
		`histogram_quantile(0.99, sum by (le) (rate(y_bucket{job=~"$job",instance!="z"}[$__rate_interval])))`: "y_bucket{job,instance} by le",
		`a > 0.9 * b`: "a{} b{}",
		`sum by (i) (a and on (i) b) or vector(0)`:                  "a{} b{} by i,i",
		`sum(increase(tidegate_x_total{}[1d]))`:                     "tidegate_x_total{}",
		`label_values(tidegate_connections{job=~"$job"}, instance)`: "tidegate_connections{job} instance{}",
	} {
		all, by := series(expression)
		var got []string
		for _, one := range all {
			got = append(got, one.metric+"{"+strings.Join(one.labels, ",")+"}")
		}
		text := strings.Join(got, " ")
		if len(by) > 0 {
			text += " by " + strings.Join(by, ",")
		}
		equal(t, text, want)
	}
}
