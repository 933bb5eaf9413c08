package export

import (
	"strings"
	"unicode"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/zclconf/go-cty/cty"
)

// secret is what the gateway told once and cannot be asked for again.
type secret struct {
	of          address
	attribute   string
	description string
}

// variable is the name of the variable that takes it, and of its entry in local.secrets.
func (s secret) variable() string {
	return strings.TrimPrefix(s.of.kind, "tidegate_") + "_" + s.of.label
}

// secretsFile has a variable for each secret, for who keeps it elsewhere, and a local with the one that is known:
// the resource's own once Terraform has made a new one, else the variable's. No output, since that would be a change.
func secretsFile(secrets []secret) []byte {
	file := hclwrite.NewEmptyFile()
	body := file.Body()
	comment(body,
		"Secrets are told once, when they are made, so none of these could be read. Whoever needs one in this configuration gives it here",
		"(TF_VAR_..., or *.auto.tfvars that are in no repository) and uses local.secrets, which follows a later rotation.")
	for _, s := range secrets {
		body.AppendNewline()
		variable := body.AppendNewBlock("variable", []string{s.variable()}).Body()
		variable.SetAttributeValue("description", cty.StringVal(s.description))
		variable.SetAttributeTraversal("type", hcl.Traversal{hcl.TraverseRoot{Name: "string"}})
		variable.SetAttributeValue("default", cty.NullVal(cty.String))
		variable.SetAttributeValue("sensitive", cty.True)
	}
	entries := make([]hclwrite.ObjectAttrTokens, 0, len(secrets))
	for _, s := range secrets {
		entries = append(entries, hclwrite.ObjectAttrTokens{
			Name: hclwrite.TokensForIdentifier(s.variable()), Value: s.known(),
		})
	}
	body.AppendNewline()
	body.AppendNewBlock("locals", nil).Body().SetAttributeRaw("secrets", hclwrite.TokensForObject(entries))
	return file.Bytes()
}

// known is `resource.secret != null ? resource.secret : var.secret`.
func (s secret) known() hclwrite.Tokens {
	own := hclwrite.TokensForTraversal(s.of.attribute(s.attribute))
	given := hclwrite.TokensForTraversal(hcl.Traversal{hcl.TraverseRoot{Name: "var"}, hcl.TraverseAttr{Name: s.variable()}})
	var all hclwrite.Tokens
	all = append(all, own...)
	all = append(all, &hclwrite.Token{Type: hclsyntax.TokenNotEqual, Bytes: []byte("!="), SpacesBefore: 1})
	all = append(all, hclwrite.TokensForIdentifier("null")...)
	all = append(all, &hclwrite.Token{Type: hclsyntax.TokenQuestion, Bytes: []byte("?"), SpacesBefore: 1})
	all = append(all, own...)
	all = append(all, &hclwrite.Token{Type: hclsyntax.TokenColon, Bytes: []byte(":"), SpacesBefore: 1})
	return append(all, given...)
}

// oneLine is a name as it may stand in a comment or description: names are people's, and have what people type.
func oneLine(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, name)
}
