package export

import (
	"strconv"
	"strings"
)

// labels gives things names that Terraform takes, each once for a type of resource.
type labels struct {
	taken map[string]bool
}

func newLabels() *labels { return &labels{taken: map[string]bool{}} }

// of makes a label of the parts: letters, digits and underscores, beginning with a letter. The second thing of the
// same name gets _2 at its end, so that the same tenant always gives the same labels.
func (l *labels) of(kind string, parts ...string) string {
	words := make([]string, 0, len(parts))
	for _, part := range parts {
		if word := identifier(part); word != "" {
			words = append(words, word)
		}
	}
	base := strings.Join(words, "_")
	if base == "" || base[0] >= '0' && base[0] <= '9' {
		base = strings.TrimSuffix("_"+base, "_")
		base = strings.TrimPrefix(kind, "tidegate_") + base
	}
	label := base
	for n := 2; l.taken[kind+"."+label]; n++ {
		label = base + "_" + strconv.Itoa(n)
	}
	l.taken[kind+"."+label] = true
	return label
}

// identifier keeps ASCII letters and digits in lower case; whatever is between becomes one underscore.
func identifier(name string) string {
	var b strings.Builder
	gap := false
	for _, r := range strings.ToLower(name) {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			if gap && b.Len() > 0 {
				b.WriteByte('_')
			}
			gap = false
			b.WriteRune(r)
		} else {
			gap = true
		}
	}
	return b.String()
}
