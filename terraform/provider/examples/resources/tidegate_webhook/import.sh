# app_id/webhook_id. The secret cannot be read: it is null until it is rotated.
tofu import tidegate_webhook.orders 482913/0197f3c5-11d2-7a60-8b5e-2c7d90a1f4e3
