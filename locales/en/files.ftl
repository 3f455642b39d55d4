# Why a file could not be taken, and what to do. The other answers are always in place.

file-refused = “{ $name }” was not added. { $why }
file-refused-also = { $said }

    { $also }
file-heic = We cannot open photos in the HEIC format (the one that an iPhone uses). Send it in the chat as a photo and not as a file, or make a screenshot and send that.
file-kind = We cannot open this kind of file. A photo (JPG, PNG, WEBP) or a PDF will do. If you have the paper itself, take a photo of it.
file-damaged = This file does not open; it may be damaged. Please send it again, or take a photo of the paper.
file-too-large = This file is too large: we take up to 20 megabytes. Make a screenshot, or take another photo of the paper and send that.
file-too-many-pixels = This picture is too large. Take an ordinary photo with a phone and send it.
file-too-many-pages = This PDF has over 30 pages. Send only the pages that are needed, or bring the paper to an appointment.
file-locked = This PDF is locked with a password. Do not send the password: take a photo of the pages, or save a copy without it.
file-too-heavy = This file is too complex to process. Take a photo of the paper and send that.
file-before-consent = Without your consent we keep nothing, so the file was not taken. Once you agree, we will ask for it again.
file-recording = This is a recording, and a photo or a paper is needed here. Send it as a voice message or a video, and a person will listen to it.
recording-too-large = This recording is too large: we take up to 20 megabytes. Please record it in several shorter messages.
file-again = Send again
