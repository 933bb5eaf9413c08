import {
  to = tidegate_webhook.orders
  id = "482913/0197f3c5-11d2-7a60-8b5e-2c7d90a1f4e3"
}
