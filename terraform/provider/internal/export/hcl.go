package export

import (
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/zclconf/go-cty/cty"
)

// comment writes lines that begin with #.
func comment(body *hclwrite.Body, lines ...string) {
	for _, line := range lines {
		body.AppendUnstructuredTokens(hclwrite.Tokens{{
			Type: hclsyntax.TokenComment, Bytes: []byte(strings.TrimRight("# "+line, " ") + "\n"),
		}})
	}
}

// address is what a resource is called in expressions.
type address struct{ kind, label string }

func (a address) String() string { return a.kind + "." + a.label }

// attribute is a traversal to one of its attributes.
func (a address) attribute(name string) hcl.Traversal {
	return hcl.Traversal{hcl.TraverseRoot{Name: a.kind}, hcl.TraverseAttr{Name: a.label}, hcl.TraverseAttr{Name: name}}
}

func text(value string) cty.Value { return cty.StringVal(value) }

func number(value int64) cty.Value { return cty.NumberIntVal(value) }

// moment is a time as the provider's state has it.
func moment(t time.Time) cty.Value { return cty.StringVal(t.UTC().Format(time.RFC3339Nano)) }

// sorted is a list in the order of the alphabet: sets have none, and the same tenant is to give the same file.
func sorted(values []string) cty.Value {
	if len(values) == 0 {
		return cty.ListValEmpty(cty.String)
	}
	all := make([]cty.Value, 0, len(values))
	for _, value := range slices.Sorted(slices.Values(values)) {
		all = append(all, cty.StringVal(value))
	}
	return cty.ListVal(all)
}

// field is one attribute of an object, in the order it is to be written in.
type field struct {
	name  string
	value cty.Value
}

// object writes fields one a line, in their order; cty's own objects would be in the order of the alphabet.
func object(fields ...field) hclwrite.Tokens {
	attributes := make([]hclwrite.ObjectAttrTokens, 0, len(fields))
	for _, f := range fields {
		attributes = append(attributes, hclwrite.ObjectAttrTokens{
			Name: hclwrite.TokensForIdentifier(f.name), Value: hclwrite.TokensForValue(f.value),
		})
	}
	return hclwrite.TokensForObject(attributes)
}

// dictionary writes a map with keys in quotes.
func dictionary(entries map[string][]string) hclwrite.Tokens {
	keys := make([]string, 0, len(entries))
	for key := range entries {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	attributes := make([]hclwrite.ObjectAttrTokens, 0, len(keys))
	for _, key := range keys {
		attributes = append(attributes, hclwrite.ObjectAttrTokens{
			Name: hclwrite.TokensForValue(cty.StringVal(key)), Value: hclwrite.TokensForValue(sorted(entries[key])),
		})
	}
	return hclwrite.TokensForObject(attributes)
}
