package provider

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/mapvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/objectdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// webhookEvents are the contract's WebhookEventType, in its order.
var webhookEvents = []string{
	"channel.occupied", "channel.vacated", "member.added", "member.updated", "member.removed",
	"message.published", "connection.opened", "connection.closed", "limit.warning",
}

const (
	// maxNameLength is the contract's bound of Name.
	maxNameLength = 100
	// maxOverlapSeconds is the contract's bound of WebhookSecretRotation.overlapSeconds: a week.
	maxOverlapSeconds     = 604800
	defaultOverlapSeconds = 86400
	defaultMaxEvents      = 1
)

// webhookSchema has what can be set, and the secret, which the gateway tells only when it makes one.
func webhookSchema(ctx context.Context) schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Tells a URL of an app's events. What is sent is signed with `secret`, which the gateway tells once, when it makes it: it is kept in the state, and is null after an import until it is rotated.",
		Attributes: map[string]schema.Attribute{
			"id": schema.StringAttribute{
				MarkdownDescription: "The webhook's id. Imports take `app_id/id`.",
				Computed:            true,
				PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
			},
			"app_id": schema.StringAttribute{
				MarkdownDescription: "The app it belongs to. Another one makes a new webhook.",
				Required:            true,
				PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
				Validators:          []validator.String{stringvalidator.RegexMatches(appID, "must be an app's id, such as 482913")},
			},
			"name": schema.StringAttribute{
				MarkdownDescription: "For people, 1 to 100 characters; need not be unique.",
				Required:            true,
				Validators:          []validator.String{stringvalidator.UTF8LengthBetween(1, maxNameLength)},
			},
			"url": schema.StringAttribute{
				MarkdownDescription: "Where events are sent: absolute, `https`, on port 443 or from 1024 on, without user and fragment. `http` and private addresses only where whoever runs the gateway has opened them. One that holds a secret is best given as a sensitive variable.",
				Required:            true,
				Validators:          []validator.String{WebhookURL()},
			},
			"events": schema.SetAttribute{
				MarkdownDescription: "Which types of events: " + quotedList(webhookEvents) + ".",
				ElementType:         types.StringType,
				Required:            true,
				Validators: []validator.Set{
					setvalidator.SizeAtLeast(1),
					setvalidator.ValueStringsAre(stringvalidator.OneOf(webhookEvents...)),
				},
			},
			"pattern": schema.StringAttribute{
				MarkdownDescription: "Events of channels that it covers; those of no channel always. Default `*`.",
				Optional:            true,
				Computed:            true,
				Default:             stringdefault.StaticString("*"),
				Validators:          []validator.String{ChannelPattern()},
			},
			"batch": schema.SingleNestedAttribute{
				MarkdownDescription: "How events are put together.",
				Optional:            true,
				Computed:            true,
				Default:             objectdefault.StaticValue(batchObject(defaultMaxEvents)),
				Attributes: map[string]schema.Attribute{
					"max_events": bounded("How many events one call may bring, 1 to 100. With 1 the body is the event, with more always an array. Default 1.", 1, 100, defaultMaxEvents),
				},
			},
			"enabled": schema.BoolAttribute{
				MarkdownDescription: "While `false` nothing is queued, and what is queued waits. Default `true`.",
				Optional:            true,
				Computed:            true,
				Default:             booldefault.StaticBool(true),
			},
			"rotate_when": schema.MapAttribute{
				MarkdownDescription: "Values of your choice. When one that was noted before changes, the secret is rotated in place, and the one before stays good for `rotation_overlap_seconds`. Beginning or ceasing to note any rotates nothing.",
				ElementType:         types.StringType,
				Optional:            true,
				Validators:          []validator.Map{mapvalidator.SizeAtLeast(1)},
			},
			"rotation_overlap_seconds": schema.Int64Attribute{
				MarkdownDescription: "How long the secret before stays good after a rotation, 0 to 604800. Left out, a day (86400).",
				Optional:            true,
				Validators:          []validator.Int64{int64validator.Between(0, maxOverlapSeconds)},
			},
			"secret": schema.StringAttribute{
				MarkdownDescription: "What signatures are made with, as it is written here. Known when this configuration made it; null after an import.",
				Computed:            true,
				Sensitive:           true,
			},
			"created_at": createdAtAttribute(),
			"timeouts":   timeoutsAttribute(ctx),
		},
	}
}

// quotedList is a list for descriptions: `a`, `b`, `c`.
func quotedList(words []string) string {
	return "`" + strings.Join(words, "`, `") + "`"
}
