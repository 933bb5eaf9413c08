package provider

import (
	"context"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// core does what Terraform does with a provider, over the real protocol but within this process: validate, plan,
// apply, refresh and import one resource. The acceptance tests do it with OpenTofu itself.
type core struct {
	t       *testing.T
	server  tfprotov6.ProviderServer
	schemas *tfprotov6.GetProviderSchemaResponse
}

// object is a configuration or a state in Go's own types.
type object = map[string]any

// unknown is a value of a configuration that is not known until apply.
type unknown struct{}

// instance is what a state file holds of a resource; state nil: nothing.
type instance struct {
	state   object
	private []byte
}

type planned struct {
	kind     string
	prior    instance
	config   object
	state    tftypes.Value
	private  []byte
	replaces []string
	problems string
	// warnings are said and stop nothing.
	warnings string
	// noop: nothing differs.
	noop bool
}

func newCore(t *testing.T, config object) *core {
	t.Helper()
	t.Setenv(EnvEndpoint, "")
	t.Setenv(EnvToken, "")
	server, err := providerserver.NewProtocol6WithError(New("test")())()
	if err != nil {
		t.Fatal(err)
	}
	schemas, err := server.GetProviderSchema(context.Background(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil || len(schemas.Diagnostics) > 0 {
		t.Fatal(err, said(schemas.Diagnostics))
	}
	c := &core{t: t, server: server, schemas: schemas}
	if problems := c.configure(config); problems != "" {
		t.Fatal(problems)
	}
	return c
}

func (c *core) configure(config object) string {
	ty := c.schemas.Provider.ValueType()
	value := c.pack(ty, toValue(ty, config))
	resp, err := c.server.ValidateProviderConfig(context.Background(), &tfprotov6.ValidateProviderConfigRequest{Config: value})
	c.must(err)
	if len(resp.Diagnostics) > 0 {
		return said(resp.Diagnostics)
	}
	done, err := c.server.ConfigureProvider(context.Background(), &tfprotov6.ConfigureProviderRequest{Config: value, TerraformVersion: "1.12.6"})
	c.must(err)
	return said(done.Diagnostics)
}

// to is a core configured for that gateway.
func to(t *testing.T, g *fakeGateway) *core {
	return newCore(t, object{"endpoint": g.URL, "token": operatorToken, "max_retries": 3})
}

func (c *core) schema(kind string) *tfprotov6.Schema {
	s := c.schemas.ResourceSchemas["tidegate_"+kind]
	if s == nil {
		c.t.Fatalf("there is no resource tidegate_%s", kind)
	}
	return s
}

func (c *core) validate(kind string, config object) string {
	ty := c.schema(kind).ValueType()
	resp, err := c.server.ValidateResourceConfig(context.Background(), &tfprotov6.ValidateResourceConfigRequest{
		TypeName: "tidegate_" + kind, Config: c.pack(ty, toValue(ty, config))})
	c.must(err)
	return said(resp.Diagnostics)
}

// plan asks for what would be done; config nil: destroy.
func (c *core) plan(kind string, prior instance, config object) planned {
	c.t.Helper()
	ty := c.schema(kind).ValueType()
	if config != nil {
		if problems := c.validate(kind, config); problems != "" {
			c.t.Fatal(problems)
		}
	}
	was, will := toValue(ty, prior.state), toValue(ty, config)
	resp, err := c.server.PlanResourceChange(context.Background(), &tfprotov6.PlanResourceChangeRequest{
		TypeName: "tidegate_" + kind, PriorState: c.pack(ty, was), Config: c.pack(ty, will), PriorPrivate: prior.private,
		ProposedNewState: c.pack(ty, proposed(c.schema(kind).Block.Attributes, was, will)),
	})
	c.must(err)
	p := planned{kind: kind, prior: prior, config: config, private: resp.PlannedPrivate}
	p.problems = said(ofSeverity(resp.Diagnostics, tfprotov6.DiagnosticSeverityError))
	p.warnings = said(ofSeverity(resp.Diagnostics, tfprotov6.DiagnosticSeverityWarning))
	if p.problems != "" {
		return p
	}
	p.state, err = resp.PlannedState.Unmarshal(ty)
	c.must(err)
	for _, path := range resp.RequiresReplace {
		p.replaces = append(p.replaces, strings.TrimSuffix(strings.TrimPrefix(path.String(), `AttributeName("`), `")`))
	}
	p.noop = p.state.Equal(was)
	return p
}

// apply carries a plan out; a replacement is a destruction and a creation.
func (c *core) apply(p planned) (instance, string) {
	c.t.Helper()
	if p.problems != "" {
		return p.prior, p.problems
	}
	if len(p.replaces) > 0 && p.prior.state != nil {
		if after, problems := c.apply(c.plan(p.kind, p.prior, nil)); problems != "" {
			return after, problems
		}
		return c.apply(c.plan(p.kind, instance{}, p.config))
	}
	ty := c.schema(p.kind).ValueType()
	resp, err := c.server.ApplyResourceChange(context.Background(), &tfprotov6.ApplyResourceChangeRequest{
		TypeName: "tidegate_" + p.kind, PriorState: c.pack(ty, toValue(ty, p.prior.state)), PlannedState: c.pack(ty, p.state),
		Config: c.pack(ty, toValue(ty, p.config)), PlannedPrivate: p.private,
	})
	c.must(err)
	state, err := resp.NewState.Unmarshal(ty)
	c.must(err)
	problems := said(resp.Diagnostics)
	if problems == "" {
		c.mustKeepThePlan(p.state, state)
	}
	return instance{fromValue(state), resp.Private}, problems
}

// mustKeepThePlan: what was planned as known has come to be so, or Terraform would refuse the provider.
func (c *core) mustKeepThePlan(plan, state tftypes.Value) {
	c.t.Helper()
	diffs, err := plan.Diff(state)
	c.must(err)
	for _, d := range diffs {
		if d.Value1 != nil && d.Value1.IsFullyKnown() && d.Value2 != nil && !d.Value1.Equal(*d.Value2) {
			c.t.Errorf("%s was planned to be %s and is %s", d.Path, d.Value1, d.Value2)
		}
	}
}

// have plans and applies without problems, and finds that nothing is left to do.
func (c *core) have(kind string, prior instance, config object) instance {
	c.t.Helper()
	after, problems := c.apply(c.plan(kind, prior, config))
	if problems != "" {
		c.t.Fatal(problems)
	}
	if config != nil {
		c.settled(kind, after, config)
	}
	return after
}

// settled: after a refresh nothing is left to do.
func (c *core) settled(kind string, now instance, config object) {
	c.t.Helper()
	if p := c.plan(kind, c.refresh(kind, now), config); !p.noop || p.problems != "" {
		c.t.Errorf("something is left to do: %v\n%v%s", p.state, now.state, p.problems)
	}
}

func (c *core) refresh(kind string, now instance) instance {
	c.t.Helper()
	after, problems := c.tryRefresh(kind, now)
	if problems != "" {
		c.t.Fatal(problems)
	}
	return after
}

func (c *core) tryRefresh(kind string, now instance) (instance, string) {
	c.t.Helper()
	ty := c.schema(kind).ValueType()
	resp, err := c.server.ReadResource(context.Background(), &tfprotov6.ReadResourceRequest{
		TypeName: "tidegate_" + kind, CurrentState: c.pack(ty, toValue(ty, now.state)), Private: now.private})
	c.must(err)
	state, err := resp.NewState.Unmarshal(ty)
	c.must(err)
	return instance{fromValue(state), resp.Private}, said(resp.Diagnostics)
}

func (c *core) importID(kind, id string) (instance, string) {
	c.t.Helper()
	ty := c.schema(kind).ValueType()
	resp, err := c.server.ImportResourceState(context.Background(), &tfprotov6.ImportResourceStateRequest{TypeName: "tidegate_" + kind, ID: id})
	c.must(err)
	if problems := said(resp.Diagnostics); problems != "" {
		return instance{}, problems
	}
	state, err := resp.ImportedResources[0].State.Unmarshal(ty)
	c.must(err)
	return c.tryRefresh(kind, instance{fromValue(state), resp.ImportedResources[0].Private})
}

// data reads a data source.
func (c *core) data(kind string, config object) (object, string) {
	c.t.Helper()
	ty := c.schemas.DataSourceSchemas["tidegate_"+kind].ValueType()
	value := c.pack(ty, toValue(ty, config))
	checked, err := c.server.ValidateDataResourceConfig(context.Background(), &tfprotov6.ValidateDataResourceConfigRequest{TypeName: "tidegate_" + kind, Config: value})
	c.must(err)
	if problems := said(checked.Diagnostics); problems != "" {
		return nil, problems
	}
	resp, err := c.server.ReadDataSource(context.Background(), &tfprotov6.ReadDataSourceRequest{TypeName: "tidegate_" + kind, Config: value})
	c.must(err)
	state, err := resp.State.Unmarshal(ty)
	c.must(err)
	return fromValue(state), said(resp.Diagnostics)
}

func (c *core) must(err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
}

func (c *core) pack(ty tftypes.Type, value tftypes.Value) *tfprotov6.DynamicValue {
	c.t.Helper()
	packed, err := tfprotov6.NewDynamicValue(ty, value)
	c.must(err)
	return &packed
}

// proposed is Terraform's own first guess: the configuration, and where that is silent and the provider may speak,
// what was there before.
func proposed(attributes []*tfprotov6.SchemaAttribute, was, will tftypes.Value) tftypes.Value {
	if will.IsNull() || !will.IsKnown() {
		return will
	}
	var before, config map[string]tftypes.Value
	if !was.IsNull() && was.IsKnown() {
		before = decode[map[string]tftypes.Value](was)
	}
	if err := will.As(&config); err != nil {
		panic(err)
	}
	for _, a := range attributes {
		switch value := config[a.Name]; {
		case value.IsNull() && a.Computed && before != nil:
			config[a.Name] = before[a.Name]
		case value.IsNull() && a.Computed:
			config[a.Name] = tftypes.NewValue(a.ValueType(), tftypes.UnknownValue)
		case !value.IsNull() && a.NestedType != nil:
			earlier := tftypes.NewValue(a.ValueType(), nil)
			if before != nil {
				earlier = before[a.Name]
			}
			config[a.Name] = proposed(a.NestedType.Attributes, earlier, value)
		}
	}
	return tftypes.NewValue(will.Type(), config)
}

func toValue(ty tftypes.Type, v any) tftypes.Value {
	switch v := v.(type) {
	case nil:
		return tftypes.NewValue(ty, nil)
	case unknown:
		return tftypes.NewValue(ty, tftypes.UnknownValue)
	case object:
		if v == nil {
			return tftypes.NewValue(ty, nil)
		}
		all := map[string]tftypes.Value{}
		if o, ok := ty.(tftypes.Object); ok {
			for name, of := range o.AttributeTypes {
				all[name] = toValue(of, v[name])
			}
			for name := range v {
				if _, ok := o.AttributeTypes[name]; !ok {
					panic("no attribute " + name)
				}
			}
		} else {
			for name, value := range v {
				all[name] = toValue(ty.(tftypes.Map).ElementType, value)
			}
		}
		return tftypes.NewValue(ty, all)
	case []any:
		var all []tftypes.Value
		for _, value := range v {
			all = append(all, toValue(ty.(tftypes.Set).ElementType, value))
		}
		return tftypes.NewValue(ty, all)
	default:
		return tftypes.NewValue(ty, v)
	}
}

func fromValue(v tftypes.Value) object {
	if v.IsNull() {
		return nil
	}
	all, _ := plain(v).(object)
	return all
}

func plain(v tftypes.Value) any {
	switch {
	case !v.IsKnown():
		return unknown{}
	case v.IsNull():
		return nil
	}
	switch ty := v.Type(); {
	case ty.Is(tftypes.String):
		return decode[string](v)
	case ty.Is(tftypes.Bool):
		return decode[bool](v)
	case ty.Is(tftypes.Number):
		n, _ := decode[*big.Float](v).Float64()
		return n
	case ty.Is(tftypes.Object{}), ty.Is(tftypes.Map{}):
		all := object{}
		for name, value := range decode[map[string]tftypes.Value](v) {
			all[name] = plain(value)
		}
		return all
	default:
		all := []any{}
		for _, value := range decode[[]tftypes.Value](v) {
			all = append(all, plain(value))
		}
		return all
	}
}

func decode[T any](v tftypes.Value) T {
	var to T
	if err := v.As(&to); err != nil {
		panic(err)
	}
	return to
}

func ofSeverity(all []*tfprotov6.Diagnostic, severity tfprotov6.DiagnosticSeverity) []*tfprotov6.Diagnostic {
	return slices.DeleteFunc(slices.Clone(all), func(d *tfprotov6.Diagnostic) bool { return d.Severity != severity })
}

func said(all []*tfprotov6.Diagnostic) string {
	var b strings.Builder
	for _, d := range all {
		fmt.Fprintf(&b, "%s: %s\n%s\n", d.Severity, d.Summary, d.Detail)
	}
	return b.String()
}
