"""What the screens read: small objects with typed properties, made from each snapshot.

`MODULE` is the QML import under which their types are registered; every module here names it again
as `QML_IMPORT_NAME`, because `QmlElement` reads it from the module of the class.
"""

MODULE = "VisioGuichet.Models"
