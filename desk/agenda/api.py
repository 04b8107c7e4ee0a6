"""The agenda for the agent's page, under `/api/agenda`; all of the signed-in agent's own agency.

    GET  /week?from=YYYY-MM-DD            Week
    GET  /rules                           Rules
    PUT  /rules                Rules      Rules, its version grown; 409 `outdated` with another's
    POST /appointments/<id>/honoured      AppointmentRow
    POST /appointments/<id>/missed        AppointmentRow
    POST /appointments/<id>/cancel        AppointmentRow
    POST /appointments/<id>/move  Move    AppointmentRow of the one that takes its place
    POST /call-backs/<id>/ring            CallBackRow: the booth rings until answered, 60 s at most
    POST /call-backs/<id>/stop            CallBackRow: rings no more, stays in the list
    POST /call-backs/<id>/done            204: out of the list, and what was personal erased
    GET  /export.ics?lane=<slug>          text/calendar; without `lane` the whole agency's
    POST /import?lane=<slug>   text/calendar, 512 kB   Imported; without `lane` for all
    GET  /rates?from=…&to=…               Rates
    GET  /comments                        Comments

Bodies of POST without a shape are empty. Whatever is refused answers with `Refused`.
"""
