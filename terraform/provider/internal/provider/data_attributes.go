package provider

import (
	"context"
	"fmt"
	"iter"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// asked is what a data source has to be given.
func asked(description string, validators ...validator.String) schema.StringAttribute {
	return schema.StringAttribute{Required: true, MarkdownDescription: description, Validators: validators}
}

// What a data source tells.

func readText(description string) schema.StringAttribute {
	return schema.StringAttribute{Computed: true, MarkdownDescription: description}
}

func readNumber(description string) schema.Int64Attribute {
	return schema.Int64Attribute{Computed: true, MarkdownDescription: description}
}

func readFraction(description string) schema.Float64Attribute {
	return schema.Float64Attribute{Computed: true, MarkdownDescription: description}
}

func readFlag(description string) schema.BoolAttribute {
	return schema.BoolAttribute{Computed: true, MarkdownDescription: description}
}

func readObject(description string, attributes map[string]schema.Attribute) schema.SingleNestedAttribute {
	return schema.SingleNestedAttribute{Computed: true, MarkdownDescription: description, Attributes: attributes}
}

func readObjects(description string, attributes map[string]schema.Attribute) schema.ListNestedAttribute {
	return schema.ListNestedAttribute{
		Computed: true, MarkdownDescription: description,
		NestedObject: schema.NestedAttributeObject{Attributes: attributes},
	}
}

// byIDOr is the pair of attributes of which one has to be given: the id, or another that people know it by.
// known names that other one, with its description.
func byIDOr(known, idDescription, knownDescription string) (id, other schema.StringAttribute) {
	one := []validator.String{
		stringvalidator.ExactlyOneOf(path.MatchRoot("id"), path.MatchRoot(known)),
		stringvalidator.LengthAtLeast(1),
	}
	id = schema.StringAttribute{Optional: true, Computed: true, Validators: one,
		MarkdownDescription: idDescription + " This or `" + known + "`."}
	other = schema.StringAttribute{Optional: true, Computed: true, Validators: one[1:],
		MarkdownDescription: knownDescription + " This or `id`."}
	return id, other
}

// only is the one item that is wanted. Names need not be unique on the gateway: of two of the same name neither is
// picked by chance.
func only[T any](ctx context.Context, items iter.Seq2[T, error], what string, wanted func(*T) bool) (*T, error) {
	var found *T
	for item, err := range items {
		switch {
		case err != nil:
			return nil, err
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case !wanted(&item):
			continue
		case found != nil:
			return nil, fmt.Errorf("there is more than one %s; name it by its id", what)
		}
		found = &item
	}
	if found == nil {
		return nil, fmt.Errorf("there is no %s that this token may read", what)
	}
	return found, nil
}
