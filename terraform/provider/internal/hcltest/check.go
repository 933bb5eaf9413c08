// Package hcltest lets a provider judge configurations in tests, without a Terraform: its own validators see every
// value that is written down, and what depends on other things is unknown to them, as in `validate`.
package hcltest

import (
	"context"
	"fmt"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/msgpack"
)

// Provider is a provider that judges.
type Provider struct {
	server  tfprotov6.ProviderServer
	schemas *tfprotov6.GetProviderSchemaResponse
}

// New asks the server for its schemas.
func New(t *testing.T, server tfprotov6.ProviderServer) *Provider {
	t.Helper()
	schemas, err := server.GetProviderSchema(context.Background(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range schemas.Diagnostics {
		t.Errorf("schema: %s: %s", d.Summary, d.Detail)
	}
	return &Provider{server, schemas}
}

// Check judges one configuration, of however many files, and says all that is wrong with it.
func (p *Provider) Check(files map[string][]byte) []error {
	var faults []error
	var bodies []*hclsyntax.Body
	for name, content := range files {
		file, diags := hclsyntax.ParseConfig(content, name, hcl.InitialPos)
		if diags.HasErrors() {
			faults = append(faults, diags)
			continue
		}
		bodies = append(bodies, file.Body.(*hclsyntax.Body))
	}
	declared := map[string]bool{}
	for _, body := range bodies {
		for _, block := range body.Blocks {
			if block.Type == "resource" {
				declared[block.Labels[0]+"."+block.Labels[1]] = true
			}
		}
	}
	for _, body := range bodies {
		for _, block := range body.Blocks {
			faults = append(faults, p.block(block, declared)...)
		}
	}
	return faults
}

func (p *Provider) block(block *hclsyntax.Block, declared map[string]bool) []error {
	ctx := context.Background()
	switch block.Type {
	case "resource":
		return p.judge(block, p.schemas.ResourceSchemas, func(v *tfprotov6.DynamicValue) ([]*tfprotov6.Diagnostic, error) {
			r, err := p.server.ValidateResourceConfig(ctx, &tfprotov6.ValidateResourceConfigRequest{TypeName: block.Labels[0], Config: v})
			return r.Diagnostics, err
		})
	case "data":
		return p.judge(block, p.schemas.DataSourceSchemas, func(v *tfprotov6.DynamicValue) ([]*tfprotov6.Diagnostic, error) {
			r, err := p.server.ValidateDataResourceConfig(ctx, &tfprotov6.ValidateDataResourceConfigRequest{TypeName: block.Labels[0], Config: v})
			return r.Diagnostics, err
		})
	case "ephemeral":
		return p.judge(block, p.schemas.EphemeralResourceSchemas, func(v *tfprotov6.DynamicValue) ([]*tfprotov6.Diagnostic, error) {
			r, err := p.server.ValidateEphemeralResourceConfig(ctx, &tfprotov6.ValidateEphemeralResourceConfigRequest{TypeName: block.Labels[0], Config: v})
			return r.Diagnostics, err
		})
	case "provider":
		return p.judge(block, map[string]*tfprotov6.Schema{"tidegate": p.schemas.Provider}, func(v *tfprotov6.DynamicValue) ([]*tfprotov6.Diagnostic, error) {
			r, err := p.server.ValidateProviderConfig(ctx, &tfprotov6.ValidateProviderConfigRequest{Config: v})
			return r.Diagnostics, err
		})
	case "import":
		return importFaults(block, declared)
	}
	return nil
}

// importFaults: what is imported has to be there.
func importFaults(block *hclsyntax.Block, declared map[string]bool) []error {
	to, ok := block.Body.Attributes["to"]
	if !ok {
		return []error{fmt.Errorf("%s: an import without to", block.Range())}
	}
	traversal, diags := hcl.AbsTraversalForExpr(to.Expr)
	if diags.HasErrors() || len(traversal) != 2 {
		return []error{fmt.Errorf("%s: to is not the address of a resource", block.Range())}
	}
	address := traversal.RootName() + "." + traversal[1].(hcl.TraverseAttr).Name
	if declared != nil && !declared[address] {
		return []error{fmt.Errorf("%s: there is no resource %s", block.Range(), address)}
	}
	return nil
}

// judge evaluates a block against its schema and lets the provider see it.
func (p *Provider) judge(
	block *hclsyntax.Block, schemas map[string]*tfprotov6.Schema, validate func(*tfprotov6.DynamicValue) ([]*tfprotov6.Diagnostic, error),
) []error {
	schema, ok := schemas[block.Labels[0]]
	if !ok {
		return []error{fmt.Errorf("%s: the provider has no %s %s", block.Range(), block.Type, block.Labels[0])}
	}
	var faults []error
	values := map[string]cty.Value{}
	known := map[string]*tfprotov6.SchemaAttribute{}
	for _, a := range schema.Block.Attributes {
		known[a.Name] = a
		values[a.Name] = cty.NullVal(typeOf(a.ValueType()).WithoutOptionalAttributesDeep())
	}
	for name, attribute := range block.Body.Attributes {
		a, ok := known[name]
		switch {
		case ok && !a.Required && !a.Optional:
			faults = append(faults, fmt.Errorf("%s: %s cannot be set", attribute.SrcRange, name))
		case ok:
			value, err := evaluate(attribute.Expr, typeOf(a.ValueType()))
			if err != nil {
				faults = append(faults, fmt.Errorf("%s: %w", attribute.SrcRange, err))
				continue
			}
			values[name] = value
		case name != "count" && name != "for_each" && name != "provider" && name != "depends_on":
			faults = append(faults, fmt.Errorf("%s: %s %s has no attribute %s", attribute.SrcRange, block.Type, block.Labels[0], name))
		}
	}
	for _, inner := range block.Body.Blocks {
		if inner.Type != "lifecycle" {
			faults = append(faults, fmt.Errorf("%s: %s is no block", inner.Range(), inner.Type))
		}
	}
	object := cty.ObjectVal(values)
	packed, err := msgpack.Marshal(object, object.Type())
	if err != nil {
		return append(faults, fmt.Errorf("%s: %w", block.Range(), err))
	}
	diags, err := validate(&tfprotov6.DynamicValue{MsgPack: packed})
	if err != nil {
		faults = append(faults, fmt.Errorf("%s: %w", block.Range(), err))
	}
	for _, d := range diags {
		if d.Severity == tfprotov6.DiagnosticSeverityError {
			faults = append(faults, fmt.Errorf("%s: %s: %s (%s)", block.Range(), d.Summary, d.Detail, d.Attribute))
		}
	}
	return faults
}

// evaluate takes references to be unknown and calls of functions, too.
func evaluate(expression hclsyntax.Expression, wanted cty.Type) (cty.Value, error) {
	scope := &hcl.EvalContext{Variables: map[string]cty.Value{}, Functions: map[string]function.Function{}}
	for _, traversal := range expression.Variables() {
		scope.Variables[traversal.RootName()] = cty.DynamicVal
	}
	value, diags := expression.Value(scope)
	if diags.HasErrors() {
		return cty.NilVal, diags
	}
	return convert.Convert(value, wanted)
}
