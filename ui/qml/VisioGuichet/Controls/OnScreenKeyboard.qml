// Qt's own on-screen keyboard, in French; there while a field has the focus.
import QtQuick
import QtQuick.VirtualKeyboard
import QtQuick.VirtualKeyboard.Settings

InputPanel {
    id: keyboard

    visible: active
    Component.onCompleted: {
        VirtualKeyboardSettings.activeLocales = ["fr_FR"];
        VirtualKeyboardSettings.locale = "fr_FR";
    }
}
