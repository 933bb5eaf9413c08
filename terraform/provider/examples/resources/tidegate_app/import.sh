# The app's id.
tofu import tidegate_app.production 482913
