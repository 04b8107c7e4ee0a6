<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR" sourcelanguage="en">
<context>
    <name>AgencyTile</name>
    <message>
        <source>%1. %2</source>
        <translation>%1. %2</translation>
    </message>
</context>
<context>
    <name>AgentPicture</name>
    <message>
        <source>The agent&apos;s picture</source>
        <translation>L&apos;image de l&apos;agent</translation>
    </message>
    <message>
        <source>The agent is with you. The picture is on its way.</source>
        <translation>L&apos;agent est avec vous. L&apos;image arrive.</translation>
    </message>
    <message>
        <source>The connection is slow</source>
        <translation>La connexion est ralentie</translation>
    </message>
    <message>
        <source>One moment, it is coming back. Stay here.</source>
        <translation>Un instant, elle revient. Restez ici.</translation>
    </message>
</context>
<context>
    <name>CallBar</name>
    <message>
        <source>Turn the microphone on</source>
        <translation>Rétablir le micro</translation>
    </message>
    <message>
        <source>Mute the microphone</source>
        <translation>Couper le micro</translation>
    </message>
    <message>
        <source>For %1</source>
        <translation>Depuis %1</translation>
    </message>
    <message>
        <source>Hang up</source>
        <translation>Raccrocher</translation>
    </message>
</context>
<context>
    <name>Connecting</name>
    <message>
        <source>An agent is answering you.</source>
        <translation>Un agent vous répond.</translation>
    </message>
    <message>
        <source>You are going to talk to %1.</source>
        <translation>Vous allez parler avec %1.</translation>
    </message>
    <message>
        <source>You are going to talk to an agent.</source>
        <translation>Vous allez parler avec un agent.</translation>
    </message>
    <message>
        <source>Picture and sound are coming. Look at the screen.</source>
        <translation>L&apos;image et le son arrivent. Regardez l&apos;écran.</translation>
    </message>
    <message>
        <source>Hang up</source>
        <translation>Raccrocher</translation>
    </message>
</context>
<context>
    <name>Ended</name>
    <message>
        <source>The call is over.</source>
        <translation>L&apos;appel est terminé.</translation>
    </message>
    <message>
        <source>The call could not be made.</source>
        <translation>L&apos;appel n&apos;a pas abouti.</translation>
    </message>
    <message>
        <source>You hung up.</source>
        <translation>Vous avez raccroché.</translation>
    </message>
    <message>
        <source>The agent hung up.</source>
        <translation>L&apos;agent a raccroché.</translation>
    </message>
    <message>
        <source>The connection was lost and did not come back.</source>
        <translation>La connexion a été perdue et n&apos;est pas revenue.</translation>
    </message>
    <message>
        <source>The connection with the agent could not be made.</source>
        <translation>La connexion avec l&apos;agent n&apos;a pas pu se faire.</translation>
    </message>
    <message>
        <source>Something in the booth failed. It is not your fault.</source>
        <translation>La borne a eu une panne. Ce n&apos;est pas votre faute.</translation>
    </message>
    <message>
        <source>It lasted less than a minute.</source>
        <translation>Il a duré moins d&apos;une minute.</translation>
    </message>
    <message numerus="yes">
        <source>It lasted %n minutes.</source>
        <translation>
            <numerusform>Il a duré %n minute.</numerusform>
            <numerusform>Il a duré %n minutes.</numerusform>
        </translation>
    </message>
    <message>
        <source>You can choose the service again.</source>
        <translation>Vous pouvez choisir à nouveau le service.</translation>
    </message>
    <message>
        <source>Everything is erased: nothing of your visit stays here.</source>
        <translation>Tout est effacé&#xa0;: rien de votre visite ne reste ici.</translation>
    </message>
    <message>
        <source>Back to the start</source>
        <translation>Retour à l&apos;accueil</translation>
    </message>
</context>
<context>
    <name>FailSafe</name>
    <message>
        <source>One moment, the booth is starting again.</source>
        <translation>Un instant, la borne se remet en route.</translation>
    </message>
    <message>
        <source>You did nothing wrong, and there is nothing to do.</source>
        <translation>Vous n&apos;avez rien fait de mal, et il n&apos;y a rien à faire.</translation>
    </message>
    <message>
        <source>Everything about you is erased. The start screen comes back in a few seconds.</source>
        <translation>Tout ce qui vous concerne est effacé. L&apos;accueil revient dans quelques secondes.</translation>
    </message>
    <message>
        <source>For the technician: incident at %1</source>
        <translation>Pour le technicien&#xa0;: incident à %1</translation>
    </message>
    <message>
        <source>Back to the start</source>
        <translation>Retour à l&apos;accueil</translation>
    </message>
</context>
<context>
    <name>Home</name>
    <message>
        <source>Which service would you like to reach?</source>
        <translation>Quel service voulez-vous joindre&#xa0;?</translation>
    </message>
    <message>
        <source>The line to the agents is cut. It comes back by itself.</source>
        <translation>La ligne avec les agents est coupée. Elle revient d&apos;elle-même.</translation>
    </message>
</context>
<context>
    <name>Hours</name>
    <message>
        <source>Nobody can answer you right now.</source>
        <translation>Personne ne peut vous répondre en ce moment.</translation>
    </message>
    <message>
        <source>Opens %1.</source>
        <translation>Ouvre %1.</translation>
    </message>
    <message>
        <source>Closed for now.</source>
        <translation>Fermé pour le moment.</translation>
    </message>
    <message>
        <source>The line to the agents is cut. It comes back by itself.</source>
        <translation>La ligne avec les agents est coupée. Elle revient d&apos;elle-même.</translation>
    </message>
    <message>
        <source>No agent has arrived yet. Please try again in a few minutes.</source>
        <translation>Aucun agent n&apos;est là pour l&apos;instant. Réessayez dans quelques minutes.</translation>
    </message>
    <message>
        <source>An agent is back: you can choose this service again.</source>
        <translation>Un agent est de retour&#xa0;: vous pouvez choisir à nouveau ce service.</translation>
    </message>
    <message>
        <source>Back to the start</source>
        <translation>Retour à l&apos;accueil</translation>
    </message>
</context>
<context>
    <name>IdlePrompt</name>
    <message>
        <source>Are you still there?</source>
        <translation>Êtes-vous toujours là&#xa0;?</translation>
    </message>
    <message numerus="yes">
        <source>The start screen comes back in %n seconds.</source>
        <translation>
            <numerusform>L&apos;accueil revient dans %n seconde.</numerusform>
            <numerusform>L&apos;accueil revient dans %n secondes.</numerusform>
        </translation>
    </message>
    <message>
        <source>Yes, I am here</source>
        <translation>Oui, je suis là</translation>
    </message>
</context>
<context>
    <name>InCall</name>
    <message>
        <source>You cannot hear the agent: the loudspeaker does not answer.</source>
        <translation>Vous n&apos;entendez pas l&apos;agent&#xa0;: le haut-parleur ne répond pas.</translation>
    </message>
    <message>
        <source>The agent cannot hear you: the microphone does not answer.</source>
        <translation>L&apos;agent ne vous entend pas&#xa0;: le micro ne répond pas.</translation>
    </message>
    <message>
        <source>The agent cannot see you: the camera does not answer.</source>
        <translation>L&apos;agent ne vous voit pas&#xa0;: la caméra ne répond pas.</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>Visio-guichet</source>
        <translation>Visio-guichet</translation>
    </message>
</context>
<context>
    <name>NamePlate</name>
    <message>
        <source>Your agent</source>
        <translation>Votre agent</translation>
    </message>
</context>
<context>
    <name>QualitySign</name>
    <message>
        <source>Good connection</source>
        <translation>Bonne connexion</translation>
    </message>
    <message>
        <source>Fair connection</source>
        <translation>Connexion moyenne</translation>
    </message>
    <message>
        <source>Weak connection</source>
        <translation>Connexion faible</translation>
    </message>
</context>
<context>
    <name>Rest</name>
    <message>
        <source>Touch the screen</source>
        <translation>Touchez l&apos;écran</translation>
    </message>
    <message>
        <source>Talk face to face with an agent of a public service. It is free, and nothing is recorded.</source>
        <translation>Parlez face à face avec un agent d&apos;un service public. C&apos;est gratuit, et rien n&apos;est enregistré.</translation>
    </message>
</context>
<context>
    <name>SelfView</name>
    <message>
        <source>Your picture, as the agent sees it</source>
        <translation>Votre image, que l&apos;agent voit</translation>
    </message>
    <message>
        <source>The agent does not see you</source>
        <translation>L&apos;agent ne vous voit pas</translation>
    </message>
</context>
<context>
    <name>StateLine</name>
    <message>
        <source>An agent can answer you</source>
        <translation>Un agent peut vous répondre</translation>
    </message>
    <message numerus="yes">
        <source>%n people are waiting</source>
        <translation>
            <numerusform>%n personne attend</numerusform>
            <numerusform>%n personnes attendent</numerusform>
        </translation>
    </message>
    <message>
        <source>The agents are busy</source>
        <translation>Les agents sont occupés</translation>
    </message>
    <message>
        <source>No agent at the moment</source>
        <translation>Aucun agent pour l&apos;instant</translation>
    </message>
    <message>
        <source>Cannot be reached for now</source>
        <translation>Injoignable pour l&apos;instant</translation>
    </message>
    <message>
        <source>Opens %1</source>
        <translation>Ouvre %1</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>Fermé</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Simulated: %1</source>
        <translation>Simulé&#xa0;: %1</translation>
    </message>
</context>
<context>
    <name>VolumeControl</name>
    <message>
        <source>Softer</source>
        <translation>Moins fort</translation>
    </message>
    <message>
        <source>Volume %1 out of 10</source>
        <translation>Volume %1 sur 10</translation>
    </message>
    <message>
        <source>Louder</source>
        <translation>Plus fort</translation>
    </message>
</context>
<context>
    <name>Waiting</name>
    <message>
        <source>Wait: about a minute</source>
        <translation>Attente&#xa0;: environ une minute</translation>
    </message>
    <message numerus="yes">
        <source>Wait: less than %n minutes</source>
        <translation>
            <numerusform>Attente&#xa0;: moins de %n minute</numerusform>
            <numerusform>Attente&#xa0;: moins de %n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Wait: about %n minutes</source>
        <translation>
            <numerusform>Attente&#xa0;: environ %n minute</numerusform>
            <numerusform>Attente&#xa0;: environ %n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Wait: between %1 and %n minutes</source>
        <translation>
            <numerusform>Attente&#xa0;: entre %1 et %n minute</numerusform>
            <numerusform>Attente&#xa0;: entre %1 et %n minutes</numerusform>
        </translation>
    </message>
    <message>
        <source>Stay here: an agent will answer you.</source>
        <translation>Restez ici&#xa0;: un agent va vous répondre.</translation>
    </message>
    <message>
        <source>Your place</source>
        <translation>Votre place</translation>
    </message>
    <message>
        <source>Your place: %1</source>
        <translation>Votre place&#xa0;: %1</translation>
    </message>
    <message>
        <source>Your place in the queue is being taken.</source>
        <translation>Nous prenons votre place dans la file.</translation>
    </message>
    <message>
        <source>You are next.</source>
        <translation>C&apos;est bientôt à vous.</translation>
    </message>
    <message numerus="yes">
        <source>%n people go before you.</source>
        <translation>
            <numerusform>%n personne passe avant vous.</numerusform>
            <numerusform>%n personnes passent avant vous.</numerusform>
        </translation>
    </message>
    <message>
        <source>Have your papers and your file number at hand, if you have any.</source>
        <translation>Préparez vos papiers et votre numéro de dossier, si vous en avez.</translation>
    </message>
    <message>
        <source>The line is coming back. Your place is kept.</source>
        <translation>La ligne revient. Votre place est gardée.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
</context>
</TS>
