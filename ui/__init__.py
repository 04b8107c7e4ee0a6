"""The Qt Quick shell: QML screens, and the view models that join them to `kiosk`."""
