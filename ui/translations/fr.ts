<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR" sourcelanguage="en">
    <context>
        <name>AgencyCondition</name>
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
            <translation>Aucun agent pour l’instant</translation>
        </message>
        <message>
            <source>Cannot be reached for now</source>
            <translation>Injoignable pour l’instant</translation>
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
        <name>AgencyTile</name>
        <message>
            <source>%1. %2</source>
            <translation>%1. %2</translation>
        </message>
    </context>
    <context>
        <name>AgentPicture</name>
        <message>
            <source>The agent's picture</source>
            <translation>L’image de l’agent</translation>
        </message>
        <message>
            <source>The agent is with you. The picture is on its way.</source>
            <translation>L’agent est avec vous. L’image arrive.</translation>
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
        <name>Announcement</name>
        <message>
            <source>The agent gives you a document.</source>
            <translation>L’agent vous donne un document.</translation>
        </message>
        <message>
            <source>Look at it</source>
            <translation>Regarder</translation>
        </message>
        <message>
            <source>Later</source>
            <translation>Plus tard</translation>
        </message>
    </context>
    <context>
        <name>ArrowScroll</name>
        <message>
            <source>Higher</source>
            <translation>Haut</translation>
        </message>
        <message>
            <source>Lower</source>
            <translation>Bas</translation>
        </message>
    </context>
    <context>
        <name>Booked</name>
        <message>
            <source>No ticket wanted? Hold any card of yours to the card reader: it will find this appointment again.</source>
            <translation>Une carte à vous (transport, bibliothèque…) peut remplacer le ticket : présentez-la au lecteur.</translation>
        </message>
        <message>
            <source>Your appointment is made.</source>
            <translation>Votre rendez-vous est pris.</translation>
        </message>
        <message>
            <source>Your ticket is being printed…</source>
            <translation>Votre ticket s’imprime…</translation>
        </message>
        <message>
            <source>Take your ticket. Bring it with you on the day.</source>
            <translation>Prenez votre ticket. Apportez-le le jour du rendez-vous.</translation>
        </message>
        <message>
            <source>Look whether your ticket has come out. If not, photograph the code, or note it down.</source>
            <translation>Regardez si votre ticket est sorti. Sinon, photographiez le code, ou notez-le.</translation>
        </message>
        <message>
            <source>The ticket did not come out. Photograph the code, or note it down.</source>
            <translation>Le ticket n’est pas sorti. Photographiez le code, ou notez-le.</translation>
        </message>
        <message>
            <source>Photograph the code, or note it down. Bring it with you on the day.</source>
            <translation>Photographiez le code, ou notez-le. Vous en aurez besoin le jour du rendez-vous.</translation>
        </message>
        <message>
            <source>Your card will find this appointment again.</source>
            <translation>Votre carte retrouvera ce rendez-vous.</translation>
        </message>
        <message>
            <source>The code of your ticket, to photograph</source>
            <translation>Le code de votre ticket, à photographier</translation>
        </message>
        <message>
            <source>Your code</source>
            <translation>Votre code</translation>
        </message>
        <message>
            <source>Your code: %1</source>
            <translation>Votre code : %1</translation>
        </message>
        <message>
            <source>Try to print again</source>
            <translation>Réessayer d’imprimer</translation>
        </message>
        <message>
            <source>Print again</source>
            <translation>Imprimer encore</translation>
        </message>
        <message>
            <source>Finish</source>
            <translation>Terminer</translation>
        </message>
    </context>
    <context>
        <name>Booking</name>
        <message>
            <source>An appointment with which service?</source>
            <translation>Un rendez-vous avec quel service ?</translation>
        </message>
        <message>
            <source>What is it about?</source>
            <translation>C’est à quel sujet ?</translation>
        </message>
        <message>
            <source>One moment, please.</source>
            <translation>Un instant, s’il vous plaît.</translation>
        </message>
        <message>
            <source>This is no telephone number. Please check it.</source>
            <translation>Ce numéro ne va pas. Vérifiez-le.</translation>
        </message>
        <message>
            <source>The service does not answer. Please try again.</source>
            <translation>Le service ne répond pas. Réessayez.</translation>
        </message>
        <message>
            <source>The hour is kept for you. What is your first name?</source>
            <translation>L’heure est gardée. Quel est votre prénom ?</translation>
        </message>
        <message>
            <source>No hour is free at the moment.</source>
            <translation>Aucune heure n’est libre pour l’instant.</translation>
        </message>
        <message>
            <source>Choose the day and the hour.</source>
            <translation>Choisissez le jour et l’heure.</translation>
        </message>
        <message>
            <source>The service does not answer.</source>
            <translation>Le service ne répond pas.</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Retour</translation>
        </message>
        <message>
            <source>Skip</source>
            <translation>Passer</translation>
        </message>
        <message>
            <source>Confirm</source>
            <translation>Valider</translation>
        </message>
    </context>
    <context>
        <name>CallBack</name>
        <message>
            <source>Where shall the agent call you back?</source>
            <translation>Où l’agent doit-il vous rappeler ?</translation>
        </message>
        <message>
            <source>This is no telephone number. Please check it.</source>
            <translation>Ce numéro ne va pas. Vérifiez-le.</translation>
        </message>
        <message>
            <source>What is your telephone number?</source>
            <translation>Quel est votre numéro de téléphone ?</translation>
        </message>
        <message>
            <source>One moment, please.</source>
            <translation>Un instant, s’il vous plaît.</translation>
        </message>
        <message>
            <source>It is noted: this booth will ring for you.</source>
            <translation>C’est noté : cette borne sonnera pour vous.</translation>
        </message>
        <message>
            <source>It is noted: an agent will call you.</source>
            <translation>C’est noté : un agent vous appellera.</translation>
        </message>
        <message>
            <source>The service does not answer.</source>
            <translation>Le service ne répond pas.</translation>
        </message>
        <message>
            <source>Here, at this booth</source>
            <translation>Ici, à cette borne</translation>
        </message>
        <message>
            <source>Stay near: it rings.</source>
            <translation>Restez tout près : elle sonnera.</translation>
        </message>
        <message>
            <source>On my telephone</source>
            <translation>Sur mon téléphone</translation>
        </message>
        <message>
            <source>You need not wait here.</source>
            <translation>Vous pouvez partir.</translation>
        </message>
        <message>
            <source>This service alone has your number. It is erased once you have been called.</source>
            <translation>Seul ce service a votre numéro. Il l’efface après vous avoir appelé.</translation>
        </message>
        <message>
            <source>The service is being told.</source>
            <translation>Nous prévenons le service.</translation>
        </message>
        <message>
            <source>Stay near. When it rings, touch “Answer”.</source>
            <translation>Restez tout près. Quand elle sonne, touchez « Répondre ».</translation>
        </message>
        <message>
            <source>Keep your telephone at hand. Your number is erased once you have been called.</source>
            <translation>Gardez votre téléphone avec vous. Votre numéro est effacé après l’appel.</translation>
        </message>
        <message>
            <source>Nothing was left there. Please try again in a moment.</source>
            <translation>Votre demande n’est pas partie. Réessayez dans un instant.</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Retour</translation>
        </message>
        <message>
            <source>Finish</source>
            <translation>Terminer</translation>
        </message>
    </context>
    <context>
        <name>CallBar</name>
        <message>
            <source>Muted</source>
            <translation>Micro coupé</translation>
        </message>
        <message>
            <source>Microphone</source>
            <translation>Micro</translation>
        </message>
        <message>
            <source>Turn the microphone on</source>
            <translation>Rétablir le micro</translation>
        </message>
        <message>
            <source>Mute the microphone</source>
            <translation>Couper le micro</translation>
        </message>
        <message>
            <source>Papers</source>
            <translation>Papiers</translation>
        </message>
        <message numerus="yes">
            <source>%n received</source>
            <translation>
                <numerusform>%n reçu</numerusform>
                <numerusform>%n reçus</numerusform>
            </translation>
        </message>
        <message>
            <source>Write</source>
            <translation>Écrire</translation>
        </message>
        <message numerus="yes">
            <source>%n new messages</source>
            <translation>
                <numerusform>%n nouveau</numerusform>
                <numerusform>%n nouveaux</numerusform>
            </translation>
        </message>
        <message>
            <source>Hang up</source>
            <translation>Raccrocher</translation>
        </message>
    </context>
    <context>
        <name>CheckIn</name>
        <message>
            <source>Make an appointment</source>
            <translation>Prendre rendez-vous</translation>
        </message>
        <message>
            <source>Which appointment do you come for?</source>
            <translation>Retrouvons votre rendez-vous.</translation>
        </message>
        <message>
            <source>One moment, please.</source>
            <translation>Un instant, s’il vous plaît.</translation>
        </message>
        <message>
            <source>We are looking for your appointment.</source>
            <translation>Nous cherchons votre rendez-vous.</translation>
        </message>
        <message>
            <source>Change the time</source>
            <translation>Changer l’heure</translation>
        </message>
        <message>
            <source>Cancel the appointment</source>
            <translation>Annuler le rendez-vous</translation>
        </message>
        <message>
            <source>Back to the start</source>
            <translation>Retour à l’accueil</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Retour</translation>
        </message>
        <message>
            <source>Cancel the appointment?</source>
            <translation>Annuler le rendez-vous ?</translation>
        </message>
        <message>
            <source>The hour will be given to somebody else.</source>
            <translation>L’heure sera donnée à quelqu’un d’autre.</translation>
        </message>
        <message>
            <source>Keep the appointment</source>
            <translation>Garder</translation>
        </message>
        <message>
            <source>Cancel it</source>
            <translation>Oui, annuler</translation>
        </message>
    </context>
    <context>
        <name>CheckInCode</name>
        <message>
            <source>Or hold your card to the card reader.</source>
            <translation>Ou présentez votre carte au lecteur.</translation>
        </message>
        <message>
            <source>Hold your ticket before the camera.</source>
            <translation>Montrez votre ticket à la caméra.</translation>
        </message>
        <message>
            <source>Tickets cannot be read here. Type the six digits.</source>
            <translation>Tapez les six chiffres de votre ticket.</translation>
        </message>
        <message>
            <source>Or type the six digits:</source>
            <translation>Ou tapez les six chiffres :</translation>
        </message>
        <message>
            <source>The six digits:</source>
            <translation>Les six chiffres :</translation>
        </message>
    </context>
    <context>
        <name>Colours</name>
        <message>
            <source>Red</source>
            <translation>Rouge</translation>
        </message>
        <message>
            <source>Green</source>
            <translation>Vert</translation>
        </message>
        <message>
            <source>Blue</source>
            <translation>Bleu</translation>
        </message>
        <message>
            <source>White</source>
            <translation>Blanc</translation>
        </message>
        <message>
            <source>Black</source>
            <translation>Noir</translation>
        </message>
        <message>
            <source>%1, %2 of %3: touch to go on</source>
            <translation>%1, %2 sur %3 : touchez pour continuer</translation>
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
            <translation>L’image et le son arrivent. Regardez l’écran.</translation>
        </message>
        <message>
            <source>Hang up</source>
            <translation>Raccrocher</translation>
        </message>
    </context>
    <context>
        <name>Consent</name>
        <message>
            <source>An agent of this service will see and hear you, nobody else.</source>
            <translation>Un agent de ce service vous verra et vous entendra, et personne d’autre.</translation>
        </message>
        <message>
            <source>Nothing is recorded, neither picture nor sound.</source>
            <translation>Rien n’est enregistré, ni l’image ni le son.</translation>
        </message>
        <message>
            <source>You may stop at any time: touch “Hang up”.</source>
            <translation>Vous pouvez arrêter à tout moment : touchez « Raccrocher ».</translation>
        </message>
        <message>
            <source>The camera has a shutter: open it to be seen, close it if you prefer.</source>
            <translation>La caméra a un volet. S’il est fermé, l’agent vous entend sans vous voir.</translation>
        </message>
        <message>
            <source>Before you talk to an agent</source>
            <translation>Avant de parler à un agent, lisez ceci.</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Retour</translation>
        </message>
        <message>
            <source>I agree</source>
            <translation>J’accepte</translation>
        </message>
    </context>
    <context>
        <name>CopiesChoice</name>
        <message>
            <source>This document is printed already. Print it again?</source>
            <translation>Ce document est déjà imprimé. L’imprimer encore ?</translation>
        </message>
        <message>
            <source>How many copies?</source>
            <translation>Combien d’exemplaires ?</translation>
        </message>
        <message>
            <source>Yes, print again</source>
            <translation>Oui, imprimer encore</translation>
        </message>
        <message numerus="yes">
            <source>%n copies</source>
            <translation>
                <numerusform>%n exemplaire</numerusform>
                <numerusform>%n exemplaires</numerusform>
            </translation>
        </message>
        <message>
            <source>Do not print</source>
            <translation>Ne pas imprimer</translation>
        </message>
    </context>
    <context>
        <name>CrashNote</name>
        <message>
            <source>The booth did not end well last time</source>
            <translation>La borne s’est mal arrêtée la dernière fois</translation>
        </message>
        <message>
            <source>I have read it</source>
            <translation>J’ai lu</translation>
        </message>
    </context>
    <context>
        <name>DayRow</name>
        <message>
            <source>Before</source>
            <translation>Avant</translation>
        </message>
        <message>
            <source>After</source>
            <translation>Après</translation>
        </message>
    </context>
    <context>
        <name>DeviceCard</name>
        <message>
            <source>Simulated</source>
            <translation>Simulé</translation>
        </message>
        <message>
            <source>%1. %2</source>
            <translation>%1. %2</translation>
        </message>
        <message>
            <source>Test</source>
            <translation>Tester</translation>
        </message>
        <message>
            <source>Test: %1</source>
            <translation>Tester : %1</translation>
        </message>
    </context>
    <context>
        <name>DeviceKinds</name>
        <message>
            <source>camera</source>
            <translation>caméra</translation>
        </message>
        <message>
            <source>microphone</source>
            <translation>micro</translation>
        </message>
        <message>
            <source>loudspeaker</source>
            <translation>haut-parleur</translation>
        </message>
        <message>
            <source>handset</source>
            <translation>combiné</translation>
        </message>
        <message>
            <source>document camera</source>
            <translation>caméra à documents</translation>
        </message>
        <message>
            <source>document printer</source>
            <translation>imprimante A4</translation>
        </message>
        <message>
            <source>ticket printer</source>
            <translation>imprimante à tickets</translation>
        </message>
        <message>
            <source>card reader</source>
            <translation>lecteur de cartes</translation>
        </message>
        <message>
            <source>code reader</source>
            <translation>lecteur de codes</translation>
        </message>
        <message>
            <source>screen</source>
            <translation>écran</translation>
        </message>
    </context>
    <context>
        <name>DigitPad</name>
        <message>
            <source>Erase</source>
            <translation>Effacer</translation>
        </message>
        <message>
            <source>Confirm</source>
            <translation>Valider</translation>
        </message>
    </context>
    <context>
        <name>DigitPlaces</name>
        <message>
            <source>Typed: %1</source>
            <translation>Tapé : %1</translation>
        </message>
        <message>
            <source>No digit typed yet</source>
            <translation>Aucun chiffre tapé</translation>
        </message>
    </context>
    <context>
        <name>DockAction</name>
        <message>
            <source>%1: %2</source>
            <translation>%1 : %2</translation>
        </message>
    </context>
    <context>
        <name>DockDevice</name>
        <message>
            <source>%1: %2</source>
            <translation>%1 : %2</translation>
        </message>
    </context>
    <context>
        <name>DockHandle</name>
        <message>
            <source>Put the dock away</source>
            <translation>Ranger le pupitre des appareils simulés</translation>
        </message>
        <message>
            <source>Bring out the dock</source>
            <translation>Sortir le pupitre des appareils simulés</translation>
        </message>
    </context>
    <context>
        <name>DockPanel</name>
        <message>
            <source>Simulated devices</source>
            <translation>Appareils simulés</translation>
        </message>
        <message>
            <source>No device of this booth is simulated.</source>
            <translation>Aucun appareil de cette borne n’est simulé.</translation>
        </message>
    </context>
    <context>
        <name>DockWords</name>
        <message>
            <source>Plug in</source>
            <translation>Brancher</translation>
        </message>
        <message>
            <source>Unplug</source>
            <translation>Débrancher</translation>
        </message>
        <message>
            <source>Freeze</source>
            <translation>Figer</translation>
        </message>
        <message>
            <source>Unfreeze</source>
            <translation>Défiger</translation>
        </message>
        <message>
            <source>Slow down</source>
            <translation>Ralentir</translation>
        </message>
        <message>
            <source>Restart</source>
            <translation>Redémarrer</translation>
        </message>
        <message>
            <source>Pick up</source>
            <translation>Décrocher</translation>
        </message>
        <message>
            <source>Hang up</source>
            <translation>Raccrocher</translation>
        </message>
        <message>
            <source>Speak</source>
            <translation>Parler</translation>
        </message>
        <message>
            <source>Silence</source>
            <translation>Silence</translation>
        </message>
        <message>
            <source>Too loud</source>
            <translation>Trop fort</translation>
        </message>
        <message>
            <source>Take the paper out</source>
            <translation>Ôter le papier</translation>
        </message>
        <message>
            <source>Put paper in</source>
            <translation>Mettre du papier</translation>
        </message>
        <message>
            <source>Little paper</source>
            <translation>Peu de papier</translation>
        </message>
        <message>
            <source>Jam</source>
            <translation>Bourrage</translation>
        </message>
        <message>
            <source>Clear the jam</source>
            <translation>Ôter le bourrage</translation>
        </message>
        <message>
            <source>Toner</source>
            <translation>Toner</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>Suspendre</translation>
        </message>
        <message>
            <source>Resume</source>
            <translation>Reprendre</translation>
        </message>
        <message>
            <source>Present</source>
            <translation>Présenter</translation>
        </message>
        <message>
            <source>Take away</source>
            <translation>Retirer</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>Montrer</translation>
        </message>
        <message>
            <source>connected</source>
            <translation>en service</translation>
        </message>
        <message>
            <source>does not answer</source>
            <translation>ne répond pas</translation>
        </message>
        <message>
            <source>switched off</source>
            <translation>hors tension</translation>
        </message>
        <message>
            <source>unplugged</source>
            <translation>câble retiré</translation>
        </message>
        <message>
            <source>broken down</source>
            <translation>en panne</translation>
        </message>
        <message>
            <source>needs a hand</source>
            <translation>à débloquer</translation>
        </message>
        <message>
            <source>busy</source>
            <translation>au travail</translation>
        </message>
        <message>
            <source>starting</source>
            <translation>démarre</translation>
        </message>
        <message>
            <source>not known</source>
            <translation>état inconnu</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>Ouvrir</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Fermer</translation>
        </message>
        <message>
            <source>Answer no more</source>
            <translation>Ne plus répondre</translation>
        </message>
        <message>
            <source>Answer again</source>
            <translation>Répondre à nouveau</translation>
        </message>
        <message>
            <source>Take the ticket</source>
            <translation>Prendre le ticket</translation>
        </message>
        <message>
            <source>Lay a sheet</source>
            <translation>Poser une feuille</translation>
        </message>
        <message>
            <source>Move the sheet</source>
            <translation>Bouger la feuille</translation>
        </message>
    </context>
    <context>
        <name>DocumentPage</name>
        <message>
            <source>One moment…</source>
            <translation>Un instant…</translation>
        </message>
        <message>
            <source>Before</source>
            <translation>Avant</translation>
        </message>
        <message>
            <source>Page before</source>
            <translation>Page d’avant</translation>
        </message>
        <message>
            <source>Next</source>
            <translation>Après</translation>
        </message>
        <message>
            <source>Next page</source>
            <translation>Page d’après</translation>
        </message>
        <message>
            <source>Smaller</source>
            <translation>Réduire</translation>
        </message>
        <message>
            <source>Larger</source>
            <translation>Agrandir</translation>
        </message>
    </context>
    <context>
        <name>Door</name>
        <message numerus="yes">
            <source>%n seconds</source>
            <translation>
                <numerusform>%n seconde</numerusform>
                <numerusform>%n secondes</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n minutes</source>
            <translation>
                <numerusform>%n minute</numerusform>
                <numerusform>%n minutes</numerusform>
            </translation>
        </message>
        <message>
            <source>For the technician</source>
            <translation>Accès du technicien</translation>
        </message>
        <message>
            <source>Hold your technician's card to the reader.</source>
            <translation>Présentez votre carte de technicien au lecteur.</translation>
        </message>
        <message>
            <source>Too many wrong codes. Try again in %1.</source>
            <translation>Trop de codes faux. Réessayez dans %1.</translation>
        </message>
        <message>
            <source>Hold your card to the reader, or enter your code.</source>
            <translation>Présentez votre carte au lecteur, ou entrez votre code.</translation>
        </message>
        <message numerus="yes">
            <source>%n tries left.</source>
            <translation>
                <numerusform>Il reste %n essai.</numerusform>
                <numerusform>Il reste %n essais.</numerusform>
            </translation>
        </message>
        <message>
            <source>Back to the start</source>
            <translation>Retour à l’accueil</translation>
        </message>
    </context>
    <context>
        <name>Ended</name>
        <message>
            <source>Your document is being printed. Wait for your sheets, a minute at most.</source>
            <translation>Votre document s’imprime. Attendez vos feuilles, une minute au plus.</translation>
        </message>
        <message>
            <source>You hung up.</source>
            <translation>Vous avez raccroché.</translation>
        </message>
        <message>
            <source>The agent hung up.</source>
            <translation>L’agent a raccroché.</translation>
        </message>
        <message>
            <source>The connection was lost and did not come back.</source>
            <translation>La connexion a été perdue et n’est pas revenue.</translation>
        </message>
        <message>
            <source>The connection with the agent could not be made.</source>
            <translation>La connexion avec l’agent n’a pas pu se faire.</translation>
        </message>
        <message>
            <source>Something in the booth failed. It is not your fault.</source>
            <translation>La borne a eu une panne. Ce n’est pas votre faute.</translation>
        </message>
        <message numerus="yes">
            <source>The agent has received %n pages of yours.</source>
            <translation>
                <numerusform>L’agent a reçu %n page de vous.</numerusform>
                <numerusform>L’agent a reçu %n pages de vous.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n pages did not reach the agent.</source>
            <translation>
                <numerusform>%n page n’est pas arrivée chez l’agent.</numerusform>
                <numerusform>%n pages ne sont pas arrivées chez l’agent.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n documents were printed: take them with you.</source>
            <translation>
                <numerusform>%n document est imprimé : emportez-le.</numerusform>
                <numerusform>%n documents sont imprimés : emportez-les.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n documents are on your telephone.</source>
            <translation>
                <numerusform>%n document est sur votre téléphone.</numerusform>
                <numerusform>%n documents sont sur votre téléphone.</numerusform>
            </translation>
        </message>
        <message>
            <source>The call is over.</source>
            <translation>L’appel est terminé.</translation>
        </message>
        <message>
            <source>The call could not be made.</source>
            <translation>L’appel n’a pas abouti.</translation>
        </message>
        <message>
            <source>Everything will be erased</source>
            <translation>Tout sera effacé</translation>
        </message>
        <message>
            <source>It is being printed</source>
            <translation>L’impression est en cours</translation>
        </message>
        <message numerus="yes">
            <source>%1 of %n pages</source>
            <translation>
                <numerusform>Pages : %1 sur %n</numerusform>
                <numerusform>Pages : %1 sur %n</numerusform>
            </translation>
        </message>
        <message>
            <source>The call lasted less than a minute.</source>
            <translation>L’appel a duré moins d’une minute.</translation>
        </message>
        <message numerus="yes">
            <source>The call lasted %n minutes.</source>
            <translation>
                <numerusform>L’appel a duré %n minute.</numerusform>
                <numerusform>L’appel a duré %n minutes.</numerusform>
            </translation>
        </message>
        <message>
            <source>You can choose the service again.</source>
            <translation>Vous pouvez choisir à nouveau le service.</translation>
        </message>
        <message>
            <source>Nothing of your visit will stay here.</source>
            <translation>Rien de votre visite ne restera ici.</translation>
        </message>
        <message>
            <source>Make an appointment</source>
            <translation>Prendre rendez-vous</translation>
        </message>
        <message>
            <source>Take a summary with me</source>
            <translation>Emporter un résumé</translation>
        </message>
        <message>
            <source>Finish</source>
            <translation>Terminer</translation>
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
            <translation>Vous n’avez rien fait de mal, et il n’y a rien à faire.</translation>
        </message>
        <message>
            <source>Everything about you is being erased. The start screen comes back in a few seconds.</source>
            <translation>Tout ce qui vous concerne est en train d’être effacé. L’écran d’accueil revient dans quelques secondes.</translation>
        </message>
        <message>
            <source>For the technician: incident at %1</source>
            <translation>Pour le technicien : incident à %1</translation>
        </message>
        <message>
            <source>Back to the start</source>
            <translation>Retour à l’accueil</translation>
        </message>
    </context>
    <context>
        <name>Figures</name>
        <message>
            <source>%1: %2</source>
            <translation>%1 : %2</translation>
        </message>
    </context>
    <context>
        <name>Guided</name>
        <message>
            <source>%1 · step %2 of %3</source>
            <translation>%1 · étape %2 sur %3</translation>
        </message>
        <message>
            <source>Test finished: %1</source>
            <translation>Test terminé : %1</translation>
        </message>
        <message>
            <source>Devices</source>
            <translation>Appareils</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Arrêter</translation>
        </message>
        <message>
            <source>Yes, it works</source>
            <translation>Oui, ça marche</translation>
        </message>
        <message>
            <source>Finish</source>
            <translation>Terminer</translation>
        </message>
        <message>
            <source>Continue</source>
            <translation>Continuer</translation>
        </message>
        <message>
            <source>It does not work</source>
            <translation>Ça ne marche pas</translation>
        </message>
        <message>
            <source>Start again</source>
            <translation>Recommencer</translation>
        </message>
    </context>
    <context>
        <name>Home</name>
        <message>
            <source>Which service would you like to reach?</source>
            <translation>Quel service voulez-vous joindre ?</translation>
        </message>
        <message>
            <source>The line to the agents is cut. It comes back by itself.</source>
            <translation>La ligne avec les agents est coupée. Elle revient d’elle-même.</translation>
        </message>
        <message>
            <source>This booth is kept for an appointment at %1.</source>
            <translation>Cette borne est gardée pour un rendez-vous à %1.</translation>
        </message>
        <message numerus="yes">
            <source>%1 You have %n minutes left.</source>
            <translation>
                <numerusform>%1 Il vous reste %n minute.</numerusform>
                <numerusform>%1 Il vous reste %n minutes.</numerusform>
            </translation>
        </message>
        <message>
            <source>I have an appointment</source>
            <translation>J’ai un rendez-vous</translation>
        </message>
        <message>
            <source>Make an appointment</source>
            <translation>Prendre un rendez-vous</translation>
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
            <translation>La ligne avec les agents est coupée. Elle revient d’elle-même.</translation>
        </message>
        <message>
            <source>No agent has arrived yet. Please try again in a few minutes.</source>
            <translation>Aucun agent n’est là pour l’instant. Réessayez dans quelques minutes.</translation>
        </message>
        <message>
            <source>An agent is back: you can choose this service again.</source>
            <translation>Un agent est de retour : vous pouvez choisir à nouveau ce service.</translation>
        </message>
        <message>
            <source>Back to the start</source>
            <translation>Retour à l’accueil</translation>
        </message>
        <message>
            <source>Be called back</source>
            <translation>Me faire rappeler</translation>
        </message>
        <message>
            <source>Make an appointment</source>
            <translation>Prendre rendez-vous</translation>
        </message>
    </context>
    <context>
        <name>IdlePrompt</name>
        <message>
            <source>Are you still there?</source>
            <translation>Êtes-vous toujours là ?</translation>
        </message>
        <message numerus="yes">
            <source>The start screen comes back in %n seconds.</source>
            <translation>
                <numerusform>L’accueil revient dans %n seconde.</numerusform>
                <numerusform>L’accueil revient dans %n secondes.</numerusform>
            </translation>
        </message>
        <message>
            <source>Yes, I am here</source>
            <translation>Oui, je suis là</translation>
        </message>
    </context>
    <context>
        <name>LeavingNote</name>
        <message numerus="yes">
            <source>Start screen in %n s, unless you touch</source>
            <translation>
                <numerusform>Accueil dans %n s, sauf si vous touchez</numerusform>
                <numerusform>Accueil dans %n s, sauf si vous touchez</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>LevelBar</name>
        <message>
            <source>Level: %1 %</source>
            <translation>Niveau : %1 %</translation>
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
        <message>
            <source>%1 · for %2</source>
            <translation>%1 · depuis %2</translation>
        </message>
    </context>
    <context>
        <name>NumberPad</name>
        <message>
            <source>Typed: %1</source>
            <translation>Tapé : %1</translation>
        </message>
        <message>
            <source>No digit typed yet</source>
            <translation>Aucun chiffre tapé</translation>
        </message>
    </context>
    <context>
        <name>OutcomeWords</name>
        <message>
            <source>To do</source>
            <translation>À faire</translation>
        </message>
        <message>
            <source>Running</source>
            <translation>En cours</translation>
        </message>
        <message>
            <source>Passed</source>
            <translation>Réussi</translation>
        </message>
        <message>
            <source>Failed</source>
            <translation>Échoué</translation>
        </message>
        <message>
            <source>Not applicable</source>
            <translation>Sans objet</translation>
        </message>
        <message>
            <source>Interrupted</source>
            <translation>Interrompu</translation>
        </message>
    </context>
    <context>
        <name>Overview</name>
        <message>
            <source>State of the booth</source>
            <translation>État de la borne</translation>
        </message>
        <message>
            <source>Leave</source>
            <translation>Quitter</translation>
        </message>
        <message>
            <source>Report</source>
            <translation>Rapport</translation>
        </message>
        <message>
            <source>Rehearsal</source>
            <translation>Répétition</translation>
        </message>
        <message>
            <source>Network</source>
            <translation>Réseau</translation>
        </message>
    </context>
    <context>
        <name>PapersMenu</name>
        <message>
            <source>Your papers</source>
            <translation>Vos papiers</translation>
        </message>
        <message>
            <source>From the agent</source>
            <translation>De la part de l’agent</translation>
        </message>
        <message>
            <source>It cannot be shown</source>
            <translation>Ne peut pas être montré</translation>
        </message>
        <message>
            <source>It is arriving: %1 %</source>
            <translation>En train d’arriver : %1 %</translation>
        </message>
        <message numerus="yes">
            <source>%n pages</source>
            <translation>
                <numerusform>%n page</numerusform>
                <numerusform>%n pages</numerusform>
            </translation>
        </message>
        <message>
            <source>%1, the printer is waiting</source>
            <translation>%1, l’imprimante attend</translation>
        </message>
        <message>
            <source>%1, being printed</source>
            <translation>%1, en cours d’impression</translation>
        </message>
        <message>
            <source>%1, printed</source>
            <translation>%1, imprimé</translation>
        </message>
        <message>
            <source>%1, on your telephone</source>
            <translation>%1, sur votre téléphone</translation>
        </message>
        <message>
            <source>Show a paper</source>
            <translation>Montrer un papier</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Retour</translation>
        </message>
    </context>
    <context>
        <name>PersonStep</name>
        <message>
            <source>Your first name</source>
            <translation>Votre prénom</translation>
        </message>
        <message>
            <source>Your telephone, if you wish</source>
            <translation>Votre téléphone, si vous voulez</translation>
        </message>
        <message>
            <source>The agent alone reads them, to greet you or to warn you of a change.</source>
            <translation>Seul l’agent les lit, pour vous accueillir ou vous prévenir d’un changement.</translation>
        </message>
    </context>
    <context>
        <name>PinDots</name>
        <message numerus="yes">
            <source>%n digits typed</source>
            <translation>
                <numerusform>%n chiffre entré</numerusform>
                <numerusform>%n chiffres entrés</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Printing</name>
        <message>
            <source>The document is on its way to the printer.</source>
            <translation>Le document part vers l’imprimante.</translation>
        </message>
        <message>
            <source>The printer is about to begin.</source>
            <translation>L’imprimante va commencer.</translation>
        </message>
        <message>
            <source>It is being printed.</source>
            <translation>Impression en cours.</translation>
        </message>
        <message>
            <source>The printer is waiting.</source>
            <translation>L’imprimante attend.</translation>
        </message>
        <message>
            <source>It is printed. Take your sheets.</source>
            <translation>C’est imprimé. Prenez vos feuilles.</translation>
        </message>
        <message>
            <source>Printing has been stopped.</source>
            <translation>L’impression est arrêtée.</translation>
        </message>
        <message>
            <source>It could not be printed.</source>
            <translation>L’impression n’a pas marché.</translation>
        </message>
        <message>
            <source>The printer no longer answers. Look whether your sheets have come out.</source>
            <translation>L’imprimante ne répond plus. Regardez si vos feuilles sont sorties.</translation>
        </message>
        <message numerus="yes">
            <source>%1 of %n pages have come out</source>
            <translation>
                <numerusform>Pages sorties : %1 sur %n</numerusform>
                <numerusform>Pages sorties : %1 sur %n</numerusform>
            </translation>
        </message>
        <message>
            <source>You can ask the agent to send it by post.</source>
            <translation>Vous pouvez demander à l’agent de l’envoyer par courrier.</translation>
        </message>
        <message>
            <source>You can go on talking meanwhile.</source>
            <translation>Vous pouvez continuer à parler pendant ce temps.</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Retour</translation>
        </message>
        <message>
            <source>Stop printing</source>
            <translation>Arrêter</translation>
        </message>
        <message>
            <source>Take it away on my telephone</source>
            <translation>Emporter sur mon téléphone</translation>
        </message>
    </context>
    <context>
        <name>Proposed</name>
        <message>
            <source>The agent asks you for a paper.</source>
            <translation>L’agent vous demande un papier.</translation>
        </message>
        <message>
            <source>You lay it under the camera. You see each page before it goes.</source>
            <translation>Vous le posez sous la caméra. Vous voyez chaque page avant qu’elle parte.</translation>
        </message>
        <message>
            <source>Yes, show a paper</source>
            <translation>Oui, montrer un papier</translation>
        </message>
        <message>
            <source>No</source>
            <translation>Non</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Retour</translation>
        </message>
    </context>
    <context>
        <name>QualitySign</name>
        <message>
            <source>Good connection</source>
            <translation>Connexion bonne</translation>
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
        <name>Reading</name>
        <message>
            <source>Page %1 of %2</source>
            <translation>Page %1 sur %2</translation>
        </message>
        <message>
            <source>The agent&apos;s document</source>
            <translation>Le document de l’agent</translation>
        </message>
        <message>
            <source>Page %1 of the document</source>
            <translation>Page %1 du document</translation>
        </message>
        <message>
            <source>Before</source>
            <translation>Avant</translation>
        </message>
        <message>
            <source>Page before</source>
            <translation>Page d’avant</translation>
        </message>
        <message>
            <source>Next</source>
            <translation>Après</translation>
        </message>
        <message>
            <source>Next page</source>
            <translation>Page d’après</translation>
        </message>
    </context>
    <context>
        <name>ReadingActions</name>
        <message>
            <source>Print</source>
            <translation>Imprimer</translation>
        </message>
        <message>
            <source>Take it away on my telephone</source>
            <translation>Emporter sur mon téléphone</translation>
        </message>
        <message>
            <source>I do not want it</source>
            <translation>Je n’en veux pas</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Retour</translation>
        </message>
    </context>
    <context>
        <name>ReadySign</name>
        <message>
            <source>Ready</source>
            <translation>Prêt</translation>
        </message>
        <message>
            <source>Not ready</source>
            <translation>Pas prêt</translation>
        </message>
    </context>
    <context>
        <name>Report</name>
        <message>
            <source>The report is being made…</source>
            <translation>Le rapport se prépare…</translation>
        </message>
        <message>
            <source>Report on the booth</source>
            <translation>Rapport sur la borne</translation>
        </message>
        <message>
            <source>Last crashes</source>
            <translation>Derniers arrêts anormaux</translation>
        </message>
        <message>
            <source>The summary, for your telephone</source>
            <translation>Le résumé, pour votre téléphone</translation>
        </message>
        <message>
            <source>Devices</source>
            <translation>Appareils</translation>
        </message>
        <message>
            <source>Print</source>
            <translation>Imprimer</translation>
        </message>
        <message>
            <source>Start again</source>
            <translation>Recommencer</translation>
        </message>
    </context>
    <context>
        <name>Rest</name>
        <message>
            <source>Touch the screen</source>
            <translation>Touchez l’écran</translation>
        </message>
        <message>
            <source>The services are closed for now. Touch to see when they open.</source>
            <translation>Les services sont fermés. Touchez pour savoir quand ils ouvrent.</translation>
        </message>
        <message>
            <source>Talk face to face with an agent of a public service. It is free, and nothing is recorded.</source>
            <translation>Parlez face à face avec un agent d’un service public. C’est gratuit, et rien n’est enregistré.</translation>
        </message>
    </context>
    <context>
        <name>Reviewing</name>
        <message>
            <source>Can you read the page well?</source>
            <translation>Lisez-vous bien la page ?</translation>
        </message>
        <message>
            <source>The page that was taken</source>
            <translation>La page photographiée</translation>
        </message>
        <message>
            <source>If you keep it, it goes to the agent.</source>
            <translation>Si vous la gardez, elle part chez l’agent.</translation>
        </message>
        <message>
            <source>Keep it</source>
            <translation>Garder</translation>
        </message>
        <message>
            <source>Take it again</source>
            <translation>Recommencer</translation>
        </message>
        <message>
            <source>Throw it away</source>
            <translation>Jeter</translation>
        </message>
    </context>
    <context>
        <name>Ringing</name>
        <message>
            <source>%1 is calling back.</source>
            <translation>%1 vous rappelle.</translation>
        </message>
        <message>
            <source>%1 is waiting for whoever asked to be called back.</source>
            <translation>%1 attend la personne qui a demandé à être rappelée.</translation>
        </message>
        <message>
            <source>The agent is waiting for whoever asked to be called back.</source>
            <translation>L’agent attend la personne qui a demandé à être rappelée.</translation>
        </message>
        <message>
            <source>It is not for me</source>
            <translation>Ce n’est pas pour moi</translation>
        </message>
        <message>
            <source>Answer</source>
            <translation>Répondre</translation>
        </message>
    </context>
    <context>
        <name>Scanning</name>
        <message>
            <source>One moment: the camera opens.</source>
            <translation>Un instant : la caméra s’ouvre.</translation>
        </message>
        <message>
            <source>This page is taken. Lay down the next one.</source>
            <translation>Cette page est prise. Posez la suivante.</translation>
        </message>
        <message>
            <source>No other page? Touch: I have finished.</source>
            <translation>Pas d’autre page ? Touchez : J’ai fini.</translation>
        </message>
        <message>
            <source>It is sharp. Do not move it.</source>
            <translation>C’est net. Ne bougez plus.</translation>
        </message>
        <message>
            <source>Bring the sheet closer.</source>
            <translation>Rapprochez la feuille.</translation>
        </message>
        <message>
            <source>Show the whole sheet.</source>
            <translation>Montrez la feuille entière.</translation>
        </message>
        <message>
            <source>Let the sheet lie still.</source>
            <translation>Laissez la feuille immobile.</translation>
        </message>
        <message>
            <source>It is blurred: lay the sheet flat.</source>
            <translation>C’est flou : posez la feuille bien à plat.</translation>
        </message>
        <message>
            <source>A lamp shines on it: turn the sheet a little.</source>
            <translation>Une lampe s’y reflète : tournez un peu la feuille.</translation>
        </message>
        <message>
            <source>It is too dark: take away what casts a shadow.</source>
            <translation>Il fait trop sombre : enlevez ce qui fait de l’ombre.</translation>
        </message>
        <message>
            <source>Lay the sheet under the camera.</source>
            <translation>Posez la feuille sous la caméra.</translation>
        </message>
        <message>
            <source>What the document camera sees</source>
            <translation>Ce que voit la caméra à documents</translation>
        </message>
        <message>
            <source>The photo is taken by itself when the ring is full.</source>
            <translation>La photo se prend seule quand le cercle est plein.</translation>
        </message>
        <message>
            <source>Take the photo</source>
            <translation>Prendre la photo</translation>
        </message>
        <message>
            <source>I have finished</source>
            <translation>J’ai fini</translation>
        </message>
    </context>
    <context>
        <name>SelfView</name>
        <message>
            <source>Your picture, as the agent sees it</source>
            <translation>Votre image, que l’agent voit</translation>
        </message>
        <message>
            <source>The agent does not see you</source>
            <translation>L’agent ne vous voit pas</translation>
        </message>
    </context>
    <context>
        <name>SentPages</name>
        <message numerus="yes">
            <source>%n pages taken. They go when an agent answers.</source>
            <translation>
                <numerusform>%n page prise. Elle part dès qu’un agent répond.</numerusform>
                <numerusform>%n pages prises. Elles partent dès qu’un agent répond.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n pages taken. Being sent: %1 %</source>
            <translation>
                <numerusform>%n page prise. Envoi : %1 %</numerusform>
                <numerusform>%n pages prises. Envoi : %1 %</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n pages are with the agent.</source>
            <translation>
                <numerusform>L’agent a %n page.</numerusform>
                <numerusform>L’agent a %n pages.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n pages taken.</source>
            <translation>
                <numerusform>%n page prise.</numerusform>
                <numerusform>%n pages prises.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>SharedWindow</name>
        <message>
            <source>What the agent shows you</source>
            <translation>Ce que l’agent vous montre</translation>
        </message>
        <message>
            <source>The agent shows you this on their screen.</source>
            <translation>L’agent vous montre ceci sur son écran.</translation>
        </message>
        <message>
            <source>The agent wants to show you something. It is on its way.</source>
            <translation>L’agent veut vous montrer quelque chose. L’image arrive.</translation>
        </message>
    </context>
    <context>
        <name>StepRow</name>
        <message>
            <source>%1: %2</source>
            <translation>%1 : %2</translation>
        </message>
    </context>
    <context>
        <name>StepsRoom</name>
        <message>
            <source>Each part says that it is ready.</source>
            <translation>Chaque élément dit s’il est prêt.</translation>
        </message>
        <message>
            <source>Running: nothing to do.</source>
            <translation>Essai en cours : rien à faire.</translation>
        </message>
        <message numerus="yes">
            <source>%n steps failed.</source>
            <translation>
                <numerusform>%n étape a échoué.</numerusform>
                <numerusform>%n étapes ont échoué.</numerusform>
            </translation>
        </message>
        <message>
            <source>Interrupted.</source>
            <translation>Interrompu.</translation>
        </message>
        <message>
            <source>Finished.</source>
            <translation>Terminé.</translation>
        </message>
        <message>
            <source>The booth prepares for the tests</source>
            <translation>La borne se prépare aux essais</translation>
        </message>
        <message>
            <source>Test of the network</source>
            <translation>Essai du réseau</translation>
        </message>
        <message>
            <source>Rehearsal of a call</source>
            <translation>Répétition d’un appel</translation>
        </message>
        <message>
            <source>Leave</source>
            <translation>Quitter</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Arrêter</translation>
        </message>
        <message>
            <source>Devices</source>
            <translation>Appareils</translation>
        </message>
        <message>
            <source>Start again</source>
            <translation>Recommencer</translation>
        </message>
    </context>
    <context>
        <name>SheetsQuestion</name>
        <message>
            <source>Leave without your sheets?</source>
            <translation>Partir sans vos feuilles ?</translation>
        </message>
        <message>
            <source>The printer will stop.</source>
            <translation>L’imprimante va s’arrêter.</translation>
        </message>
        <message>
            <source>Wait for my sheets</source>
            <translation>Attendre</translation>
        </message>
        <message>
            <source>Leave all the same</source>
            <translation>Partir quand même</translation>
        </message>
    </context>
    <context>
        <name>Summary</name>
        <message>
            <source>Choose what you take with you.</source>
            <translation>Choisissez ce que vous emportez.</translation>
        </message>
        <message>
            <source>Your summary is being printed…</source>
            <translation>Votre résumé s’imprime…</translation>
        </message>
        <message>
            <source>Take your summary.</source>
            <translation>Prenez votre résumé.</translation>
        </message>
        <message>
            <source>Look whether your summary has come out.</source>
            <translation>Regardez si votre résumé est sorti.</translation>
        </message>
        <message>
            <source>Your summary did not come out.</source>
            <translation>Votre résumé n’est pas sorti.</translation>
        </message>
        <message>
            <source>Photograph this code with your telephone.</source>
            <translation>Photographiez ce code avec votre téléphone.</translation>
        </message>
        <message>
            <source>Do not forget it when you leave.</source>
            <translation>Ne l’oubliez pas en partant.</translation>
        </message>
        <message>
            <source>It takes a few seconds.</source>
            <translation>Cela prend quelques secondes.</translation>
        </message>
        <message>
            <source>If it has not, take it on your telephone, or try to print it again.</source>
            <translation>Sinon, emportez-le sur votre téléphone, ou réessayez d’imprimer.</translation>
        </message>
        <message>
            <source>You can take it on your telephone, or try to print it again.</source>
            <translation>Emportez-le sur votre téléphone, ou réessayez d’imprimer.</translation>
        </message>
        <message>
            <source>The summary as a code</source>
            <translation>Le résumé sous forme de code</translation>
        </message>
        <message>
            <source>Open your telephone's camera and hold it before the code.</source>
            <translation>Ouvrez l’appareil photo du téléphone et visez le code.</translation>
        </message>
        <message>
            <source>The code holds the summary itself: nothing goes over the internet.</source>
            <translation>Le code contient le résumé lui-même : rien ne passe par internet.</translation>
        </message>
        <message>
            <source>Print</source>
            <translation>Imprimer</translation>
        </message>
        <message>
            <source>On my telephone</source>
            <translation>Sur mon téléphone</translation>
        </message>
        <message>
            <source>Finish</source>
            <translation>Terminer</translation>
        </message>
    </context>
    <context>
        <name>Survey</name>
        <message>
            <source>Not well</source>
            <translation>Mal</translation>
        </message>
        <message>
            <source>So so</source>
            <translation>Moyen</translation>
        </message>
        <message>
            <source>Well</source>
            <translation>Bien</translation>
        </message>
        <message>
            <source>Thank you, and goodbye.</source>
            <translation>Merci, et au revoir.</translation>
        </message>
        <message>
            <source>What could be better?</source>
            <translation>Qu’est-ce qui pourrait être mieux ?</translation>
        </message>
        <message>
            <source>How did it go?</source>
            <translation>Comment cela s’est-il passé ?</translation>
        </message>
        <message>
            <source>In a few words, without your name. You need not answer.</source>
            <translation>En quelques mots, sans votre nom. Vous pouvez ne rien écrire.</translation>
        </message>
        <message>
            <source>Everything of your visit is being erased.</source>
            <translation>Tout ce qui concerne votre visite va être effacé.</translation>
        </message>
        <message>
            <source>Skip</source>
            <translation>Passer</translation>
        </message>
        <message>
            <source>Send</source>
            <translation>Envoyer</translation>
        </message>
    </context>
    <context>
        <name>TakingAway</name>
        <message>
            <source>The document is on your telephone.</source>
            <translation>Le document est sur votre téléphone.</translation>
        </message>
        <message>
            <source>The time for this code is over.</source>
            <translation>Ce code n’est plus valable.</translation>
        </message>
        <message>
            <source>Photograph the code with your telephone.</source>
            <translation>Photographiez ce code avec votre téléphone.</translation>
        </message>
        <message>
            <source>The code is being made.</source>
            <translation>Le code se prépare.</translation>
        </message>
        <message>
            <source>There is no code.</source>
            <translation>Pas de code pour le moment.</translation>
        </message>
        <message>
            <source>Code to be photographed</source>
            <translation>Code à photographier</translation>
        </message>
        <message>
            <source>Then type this number on your telephone:</source>
            <translation>Puis tapez ce numéro sur votre téléphone :</translation>
        </message>
        <message>
            <source>Number: %1</source>
            <translation>Numéro : %1</translation>
        </message>
        <message numerus="yes">
            <source>The code is good for %n more minutes, once.</source>
            <translation>
                <numerusform>Le code sert une fois, encore %n minute.</numerusform>
                <numerusform>Le code sert une fois, encore %n minutes.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>The code is good for %n more seconds, once.</source>
            <translation>
                <numerusform>Le code sert une fois, encore %n seconde.</numerusform>
                <numerusform>Le code sert une fois, encore %n secondes.</numerusform>
            </translation>
        </message>
        <message>
            <source>Downloaded. The code is of no more use.</source>
            <translation>Téléchargé. Le code ne sert plus.</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Retour</translation>
        </message>
        <message>
            <source>Another code</source>
            <translation>Un autre code</translation>
        </message>
    </context>
    <context>
        <name>TestPicture</name>
        <message>
            <source>Live picture</source>
            <translation>Image en direct</translation>
        </message>
        <message>
            <source>No picture</source>
            <translation>Pas d’image</translation>
        </message>
    </context>
    <context>
        <name>TimeStep</name>
        <message>
            <source>One moment: the service is being asked…</source>
            <translation>Un instant : nous demandons au service…</translation>
        </message>
        <message>
            <source>The service does not answer. Nothing has been booked.</source>
            <translation>Le service ne répond pas. Rien n’a été réservé.</translation>
        </message>
        <message>
            <source>Somebody else was quicker. Please choose another hour.</source>
            <translation>Cette heure vient d’être prise. Choisissez-en une autre.</translation>
        </message>
        <message>
            <source>Your present appointment is kept until you have another one.</source>
            <translation>Votre rendez-vous actuel est gardé tant que vous n’en avez pas un autre.</translation>
        </message>
        <message>
            <source>We are asking which hours are free.</source>
            <translation>Nous demandons quelles heures sont libres.</translation>
        </message>
        <message>
            <source>Nothing has been booked. Please try again in a moment.</source>
            <translation>Rien n’a été réservé. Réessayez dans un instant.</translation>
        </message>
        <message>
            <source>Please come back on another day, or ask to be called back.</source>
            <translation>Revenez un autre jour, ou faites-vous rappeler.</translation>
        </message>
    </context>
    <context>
        <name>TopBar</name>
        <message numerus="yes">
            <source>An appointment begins here at %1: %n minutes left.</source>
            <translation>
                <numerusform>Un rendez-vous commence ici à %1 : il reste %n minute.</numerusform>
                <numerusform>Un rendez-vous commence ici à %1 : il reste %n minutes.</numerusform>
            </translation>
        </message>
        <message>
            <source>A mediator helps you</source>
            <translation>Visite accompagnée</translation>
        </message>
        <message numerus="yes">
            <source>Simulated: %n devices</source>
            <translation>
                <numerusform>Simulé : %n appareil</numerusform>
                <numerusform>Simulés : %n appareils</numerusform>
            </translation>
        </message>
        <message>
            <source>Simulated: %1</source>
            <translation>Simulé : %1</translation>
        </message>
        <message>
            <source>%1 · %2</source>
            <translation>%1 · %2</translation>
        </message>
        <message>
            <source>An appointment begins here at %1.</source>
            <translation>Un rendez-vous commence ici à %1.</translation>
        </message>
    </context>
    <context>
        <name>TouchGrid</name>
        <message>
            <source>Pass over every field: %1 of %2</source>
            <translation>Passez le doigt sur chaque case : %1 sur %2</translation>
        </message>
        <message>
            <source>Escape on a keyboard, or no touch for a while, ends the test.</source>
            <translation>Échap sur un clavier, ou un moment sans toucher, arrête le test.</translation>
        </message>
        <message>
            <source>It does not work</source>
            <translation>Ça ne marche pas</translation>
        </message>
    </context>
    <context>
        <name>TroubleNotice</name>
        <message>
            <source>There is no document camera. Hold your paper up to the camera of the call: the agent reads it with you.</source>
            <translation>Pas de caméra à documents ici. Montrez le papier à la caméra de l’appel : l’agent le lit avec vous.</translation>
        </message>
        <message>
            <source>The document camera no longer answers. Your pages are kept. Hold the others up to the camera of the call.</source>
            <translation>La caméra à documents ne répond plus. Vos pages sont gardées. Montrez les autres à la caméra de l’appel.</translation>
        </message>
        <message>
            <source>That is as many pages as a visit can hold. Ask the agent about the others.</source>
            <translation>Il n’y a plus de place pour d’autres pages. Demandez à l’agent.</translation>
        </message>
        <message>
            <source>The printer does not work. Take the document away on your telephone, or ask for it by post.</source>
            <translation>Pas d’imprimante. Emportez le document sur votre téléphone, ou demandez-le par courrier.</translation>
        </message>
        <message>
            <source>Another document is at the printer. Wait for it, or open it again to stop it.</source>
            <translation>Un autre document est à l’imprimante. Attendez qu’il sorte, ou rouvrez-le pour l’arrêter.</translation>
        </message>
        <message>
            <source>The agent&apos;s document cannot be shown. The agent knows and can send it another way.</source>
            <translation>Le document de l’agent ne peut pas être montré. L’agent le sait, il peut l’envoyer autrement.</translation>
        </message>
        <message>
            <source>The code could not be made. Print the document, or ask for it by post.</source>
            <translation>Le code n’a pas pu être fait. Imprimez le document, ou demandez-le par courrier.</translation>
        </message>
    </context>
    <context>
        <name>VerdictWords</name>
        <message>
            <source>Your appointment has been moved. Here is the new time.</source>
            <translation>Votre rendez-vous a été déplacé. Voici la nouvelle heure.</translation>
        </message>
        <message>
            <source>Come back at %1, or wait here.</source>
            <translation>Revenez à %1, ou attendez ici.</translation>
        </message>
        <message numerus="yes">
            <source>It began %n minutes ago. You can still join the queue.</source>
            <translation>
                <numerusform>C’était il y a %n minute. Vous pouvez encore entrer dans la file.</numerusform>
                <numerusform>C’était il y a %n minutes. Vous pouvez encore entrer dans la file.</numerusform>
            </translation>
        </message>
        <message>
            <source>Your appointment is cancelled.</source>
            <translation>Votre rendez-vous est annulé.</translation>
        </message>
        <message>
            <source>Welcome. Here is your appointment.</source>
            <translation>Bienvenue. Voici votre rendez-vous.</translation>
        </message>
        <message>
            <source>You are early.</source>
            <translation>Vous êtes en avance.</translation>
        </message>
        <message>
            <source>You are late.</source>
            <translation>Vous êtes en retard.</translation>
        </message>
        <message>
            <source>Your appointment is at another booth.</source>
            <translation>Votre rendez-vous est à une autre borne.</translation>
        </message>
        <message>
            <source>Your appointment is not today.</source>
            <translation>Votre rendez-vous n’est pas aujourd’hui.</translation>
        </message>
        <message>
            <source>This appointment is over.</source>
            <translation>Ce rendez-vous est passé.</translation>
        </message>
        <message>
            <source>This ticket has been used already.</source>
            <translation>Ce ticket a déjà servi.</translation>
        </message>
        <message>
            <source>This appointment was cancelled.</source>
            <translation>Ce rendez-vous a été annulé.</translation>
        </message>
        <message>
            <source>This ticket is not valid.</source>
            <translation>Ce ticket n’est pas valable.</translation>
        </message>
        <message>
            <source>This code is not an appointment's.</source>
            <translation>Ce code n’est pas celui d’un rendez-vous.</translation>
        </message>
        <message>
            <source>No appointment has these six digits.</source>
            <translation>Aucun rendez-vous n’a ces six chiffres.</translation>
        </message>
        <message>
            <source>Too many codes were wrong.</source>
            <translation>Le code était faux trop de fois.</translation>
        </message>
        <message>
            <source>The service does not answer.</source>
            <translation>Le service ne répond pas.</translation>
        </message>
        <message>
            <source>This card is not known here.</source>
            <translation>Cette carte n’est pas connue ici.</translation>
        </message>
        <message>
            <source>The service has been told. You can make another one.</source>
            <translation>Le service est prévenu. Vous pouvez en prendre un autre.</translation>
        </message>
        <message>
            <source>Touch “I am here”: the agent is told.</source>
            <translation>Touchez « Je suis là » : l’agent sera prévenu.</translation>
        </message>
        <message>
            <source>You can come back, or wait here.</source>
            <translation>Vous pouvez revenir, ou attendre ici.</translation>
        </message>
        <message numerus="yes">
            <source>It began %n minutes ago. You can still join the queue, or choose another time.</source>
            <translation>
                <numerusform>C’était il y a %n minute. Entrez dans la file, ou changez l’heure.</numerusform>
                <numerusform>C’était il y a %n minutes. Entrez dans la file, ou changez l’heure.</numerusform>
            </translation>
        </message>
        <message>
            <source>You can go there, or talk to an agent from here.</source>
            <translation>Vous pouvez y aller, ou parler à un agent ici.</translation>
        </message>
        <message>
            <source>Come back on that day, or choose another time.</source>
            <translation>Revenez ce jour-là, ou changez l’heure.</translation>
        </message>
        <message>
            <source>You can make another appointment.</source>
            <translation>Vous pouvez prendre un autre rendez-vous.</translation>
        </message>
        <message>
            <source>An appointment's ticket is good for once. You can make another appointment.</source>
            <translation>Un ticket ne sert qu’une fois. Vous pouvez prendre un autre rendez-vous.</translation>
        </message>
        <message>
            <source>You can make another one.</source>
            <translation>Vous pouvez en prendre un autre.</translation>
        </message>
        <message>
            <source>Type its six digits, or ask somebody who works here.</source>
            <translation>Tapez les six chiffres du ticket, ou demandez de l’aide à l’accueil.</translation>
        </message>
        <message>
            <source>Show the ticket of your appointment, or type its six digits.</source>
            <translation>Montrez le ticket du rendez-vous, ou tapez ses six chiffres.</translation>
        </message>
        <message>
            <source>Check the digits on your ticket and type them again.</source>
            <translation>Vérifiez les chiffres sur votre ticket et tapez-les encore.</translation>
        </message>
        <message>
            <source>Please wait a minute, then type the code again.</source>
            <translation>Attendez une minute, puis tapez le code encore une fois.</translation>
        </message>
        <message>
            <source>Your ticket is good. You can wait for an agent all the same, or come back in a moment.</source>
            <translation>Votre ticket est bon. Vous pouvez attendre un agent quand même, ou revenir dans un instant.</translation>
        </message>
        <message>
            <source>Please try again in a moment.</source>
            <translation>Réessayez dans un instant.</translation>
        </message>
        <message>
            <source>Show your ticket, or type its six digits.</source>
            <translation>Montrez votre ticket, ou tapez ses six chiffres.</translation>
        </message>
        <message>
            <source>I am here</source>
            <translation>Je suis là</translation>
        </message>
        <message>
            <source>Wait all the same</source>
            <translation>Attendre quand même</translation>
        </message>
        <message>
            <source>Join the queue</source>
            <translation>Entrer dans la file</translation>
        </message>
        <message>
            <source>Talk from here</source>
            <translation>Parler à un agent</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Réessayer</translation>
        </message>
        <message>
            <source>Make an appointment</source>
            <translation>Prendre rendez-vous</translation>
        </message>
        <message>
            <source>Change the time</source>
            <translation>Changer l’heure</translation>
        </message>
        <message>
            <source>Start again</source>
            <translation>Recommencer</translation>
        </message>
    </context>
    <context>
        <name>VolumeControl</name>
        <message>
            <source>Volume %1 out of 10</source>
            <translation>Volume %1 sur 10</translation>
        </message>
        <message>
            <source>Less</source>
            <translation>Moins</translation>
        </message>
        <message>
            <source>Less loud</source>
            <translation>Moins fort</translation>
        </message>
        <message>
            <source>Sound</source>
            <translation>Son</translation>
        </message>
        <message>
            <source>More</source>
            <translation>Plus</translation>
        </message>
        <message>
            <source>Louder</source>
            <translation>Plus fort</translation>
        </message>
    </context>
    <context>
        <name>Waiting</name>
        <message>
            <source>Wait: less than %1</source>
            <translation>Attente : moins de %1</translation>
        </message>
        <message>
            <source>Wait: about %1</source>
            <translation>Attente : environ %1</translation>
        </message>
        <message>
            <source>Wait: between %1 and %2</source>
            <translation>Attente : entre %1 et %2</translation>
        </message>
        <message numerus="yes">
            <source>%n minutes</source>
            <translation>
                <numerusform>%n minute</numerusform>
                <numerusform>%n minutes</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n hours</source>
            <translation>
                <numerusform>%n heure</numerusform>
                <numerusform>%n heures</numerusform>
            </translation>
        </message>
        <message>
            <source>%1 h %2</source>
            <translation>%1 h %2</translation>
        </message>
        <message>
            <source>Which other service? Your place here is kept.</source>
            <translation>Quel autre service ? Votre place ici est gardée.</translation>
        </message>
        <message>
            <source>No agent is at the desk right now.</source>
            <translation>Aucun agent n’est au guichet pour l’instant.</translation>
        </message>
        <message>
            <source>Your place is kept, should an agent come back.</source>
            <translation>Votre place est gardée si un agent revient.</translation>
        </message>
        <message>
            <source>Rather than wait, be called back, make an appointment, or choose another service.</source>
            <translation>Plutôt que d’attendre, faites-vous rappeler, prenez rendez-vous ou choisissez un autre service.</translation>
        </message>
        <message>
            <source>Wait: about a minute</source>
            <translation>Attente : environ une minute</translation>
        </message>
        <message numerus="yes">
            <source>Wait: less than %n minutes</source>
            <translation>
                <numerusform>Attente : moins de %n minute</numerusform>
                <numerusform>Attente : moins de %n minutes</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Wait: about %n minutes</source>
            <translation>
                <numerusform>Attente : environ %n minute</numerusform>
                <numerusform>Attente : environ %n minutes</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Wait: between %1 and %n minutes</source>
            <translation>
                <numerusform>Attente : entre %1 et %n minute</numerusform>
                <numerusform>Attente : entre %1 et %n minutes</numerusform>
            </translation>
        </message>
        <message>
            <source>The service is about to close.</source>
            <translation>Le service va fermer.</translation>
        </message>
        <message>
            <source>The agent knows that you are here.</source>
            <translation>L’agent sait que vous êtes là.</translation>
        </message>
        <message>
            <source>Stay here: an agent will answer you.</source>
            <translation>Restez ici : un agent va vous répondre.</translation>
        </message>
        <message>
            <source>Your place</source>
            <translation>Votre place</translation>
        </message>
        <message>
            <source>Your place: %1</source>
            <translation>Votre place : %1</translation>
        </message>
        <message>
            <source>The agent will answer you as soon as possible.</source>
            <translation>L’agent vous répond dès que possible.</translation>
        </message>
        <message>
            <source>Your place in the queue is being taken.</source>
            <translation>Nous prenons votre place dans la file.</translation>
        </message>
        <message>
            <source>You are next.</source>
            <translation>C’est bientôt à vous.</translation>
        </message>
        <message numerus="yes">
            <source>%n people go before you.</source>
            <translation>
                <numerusform>%n personne passe avant vous.</numerusform>
                <numerusform>%n personnes passent avant vous.</numerusform>
            </translation>
        </message>
        <message>
            <source>If nobody answers before it closes, be called back or make an appointment.</source>
            <translation>Si personne ne répond avant la fermeture, faites-vous rappeler ou prenez rendez-vous.</translation>
        </message>
        <message>
            <source>The line is coming back. Your place is kept.</source>
            <translation>La ligne revient. Votre place est gardée.</translation>
        </message>
        <message>
            <source>Have your papers and your file number at hand, if you have any.</source>
            <translation>Préparez vos papiers et votre numéro de dossier, si vous en avez.</translation>
        </message>
    </context>
    <context>
        <name>LostDevice</name>
        <message>
            <source>The sound does not work: the agent can write to you.</source>
            <translation>Le son ne marche pas : l’agent peut vous écrire.</translation>
        </message>
        <message>
            <source>The microphone does not work: you can write to the agent.</source>
            <translation>Le micro ne marche pas : vous pouvez écrire à l’agent.</translation>
        </message>
        <message>
            <source>The agent will not see you: the camera does not work. You can talk all the same.</source>
            <translation>La caméra ne marche pas : l’agent ne vous voit pas. Vous pouvez quand même vous parler.</translation>
        </message>
        <message>
            <source>Printing is not available. The agent can send you the document by post.</source>
            <translation>L’impression est indisponible. L’agent peut vous envoyer le document par courrier.</translation>
        </message>
        <message>
            <source>Papers cannot be scanned. Show them to the camera, or send them by post.</source>
            <translation>La lecture des papiers est indisponible. Montrez-les à la caméra, ou envoyez-les par courrier.</translation>
        </message>
        <message>
            <source>Tickets cannot be printed. Note your appointment down: the agent can repeat it.</source>
            <translation>Les tickets ne s’impriment pas. Notez votre rendez-vous : l’agent peut le répéter.</translation>
        </message>
        <message>
            <source>The handset does not work: the sound comes from the loudspeaker.</source>
            <translation>Le combiné ne marche pas : le son passe par le haut-parleur.</translation>
        </message>
    </context>
    <context>
        <name>Rehearsing</name>
        <message>
            <source>One moment: we make sure that everything works.</source>
            <translation>Un instant, nous vérifions que tout marche.</translation>
        </message>
        <message>
            <source>Camera, microphone and sound are being tried.</source>
            <translation>Nous essayons la caméra, le micro et le son.</translation>
        </message>
        <message>
            <source>This takes three seconds. Then you take your place in the queue.</source>
            <translation>Cela prend trois secondes. Ensuite vous prenez votre place dans la file.</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Annuler</translation>
        </message>
    </context>
    <context>
        <name>WaysOut</name>
        <message>
            <source>Prepare my papers</source>
            <translation>Préparer mes papiers</translation>
        </message>
        <message>
            <source>Be called back</source>
            <translation>Me faire rappeler</translation>
        </message>
        <message>
            <source>Make an appointment</source>
            <translation>Prendre rendez-vous</translation>
        </message>
        <message>
            <source>Choose another service</source>
            <translation>Choisir un autre service</translation>
        </message>
    </context>
    <context>
        <name>WritingField</name>
        <message>
            <source>Your message</source>
            <translation>Votre message</translation>
        </message>
        <message>
            <source>Correct</source>
            <translation>Corriger</translation>
        </message>
        <message>
            <source>Send</source>
            <translation>Envoyer</translation>
        </message>
    </context>
    <context>
        <name>Written</name>
        <message>
            <source>Written messages</source>
            <translation>Messages écrits</translation>
        </message>
        <message>
            <source>You are correcting a message</source>
            <translation>Vous corrigez un message</translation>
        </message>
        <message>
            <source>Write to the agent</source>
            <translation>Écrire à l’agent</translation>
        </message>
        <message>
            <source>Leave it</source>
            <translation>Laisser</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Fermer</translation>
        </message>
        <message>
            <source>Leave the message as it was</source>
            <translation>Laisser le message comme il était</translation>
        </message>
        <message>
            <source>Close the text</source>
            <translation>Fermer l’écrit</translation>
        </message>
        <message>
            <source>Messages</source>
            <translation>Messages</translation>
        </message>
    </context>
    <context>
        <name>WrittenLine</name>
        <message>
            <source>The agent is writing…</source>
            <translation>L’agent écrit…</translation>
        </message>
        <message>
            <source>Corrected</source>
            <translation>Corrigé</translation>
        </message>
        <message>
            <source>You: %1</source>
            <translation>Vous : %1</translation>
        </message>
        <message>
            <source>The agent: %1</source>
            <translation>L’agent : %1</translation>
        </message>
        <message>
            <source>Touch to correct it</source>
            <translation>Touchez pour corriger</translation>
        </message>
    </context>
    <context>
        <name>OtherServices</name>
        <message>
            <source>Leave the queue</source>
            <translation>Quitter la file</translation>
        </message>
        <message>
            <source>Stay in the queue</source>
            <translation>Rester dans la file</translation>
        </message>
        <message>
            <source>Choose the other service?</source>
            <translation>Aller à l’autre service ?</translation>
        </message>
        <message>
            <source>You will lose your place here.</source>
            <translation>Vous perdrez votre place ici.</translation>
        </message>
        <message>
            <source>Keep my place</source>
            <translation>Garder ma place</translation>
        </message>
        <message>
            <source>Choose the other</source>
            <translation>Changer de service</translation>
        </message>
    </context>
</TS>
