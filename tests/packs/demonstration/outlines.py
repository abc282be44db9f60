"""The classifications of 2022 as outlines: heart, metabolism, lung, skin, bone, tumours.

A line is a code and a hint for the reader; children are indented below their parent.
A code that stands twice in one outline shows its children once; the files repeat them.
Between an entity and its parent here may stand real ancestors that the selection leaves out.
"""

from typing import Final

CARDIAC: Final = """
97929 rare cardiac disease
  167848 cardiomyopathy
    217569 hypertrophic
      217581 lysosomal disease with hypertrophic cardiomyopathy
        365 Pompe
          308552 infantile onset
          420429 late onset
        324 Fabry
        580 Hunter
        93473 Hurler
        93476 Hurler-Scheie
      273 Steinert
        589830 adult
        589821 congenital
      648 Noonan
    262 Duchenne and Becker
      98895 Becker
      98896 Duchenne
    77259 Gaucher type 1
    797 sarcoidosis
  768 long QT
  130 Brugada
"""

METABOLIC: Final = """
68367 inborn errors of metabolism
  68366 lysosomal disease
    79213 mucopolysaccharidosis
      580 Hunter
      579 type 1
        93473 Hurler
        93474 Scheie
        93476 Hurler-Scheie
    324 Fabry
    355 Gaucher
      77259 type 1
      77260 type 2
      77261 type 3
    646 Niemann-Pick C
    365 Pompe
      308552 infantile onset
      420429 late onset
  716 phenylketonuria
    79253 mild
    79254 classic
  55 oculocutaneous albinism
    352731 type 1
  352 galactosemia
    79239 classic
  506 Leigh
    255241 with leukodystrophy
  255210 mitochondrial DNA-associated Leigh
  60 alpha-1-antitrypsin
  905 Wilson
  139507 African iron overload
  220489 hemochromatosis
    139491 type 4
"""

RESPIRATORY: Final = """
97955 rare respiratory disease
  3347 Mounier-Kühn
  182090 pulmonary arterial hypertension
    422 idiopathic or heritable
      275766 idiopathic
      275777 heritable
  3188 pulmonary veins
  64742 pleuropulmonary blastoma
    284343 DICER1
  586 cystic fibrosis
  60 alpha-1-antitrypsin
  244 ciliary dyskinesia
  90340 Blau
  77260 Gaucher type 2
  77261 Gaucher type 3
  2032 pulmonary fibrosis
  797 sarcoidosis
  646 Niemann-Pick C
  77259 Gaucher type 1
"""

SKIN: Final = """
89826 rare skin disease
  636 neurofibromatosis 1
    363700 by mutation of NF1
  93921 schwannomatosis
  55 oculocutaneous albinism
    352731 type 1
  1306 Buschke-Ollendorff
  98249 Ehlers-Danlos
    287 classical
    285 hypermobile
    286 vascular
  324 Fabry
  3205 Sturge-Weber
  805 tuberous sclerosis
  90340 Blau
  529 Roch-Leri
  648 Noonan
  580 Hunter
  910 xeroderma pigmentosum
"""

BONE: Final = """
93419 rare bone disease
  364526 bone dysplasia
    558 Marfan
      284963 type 1
      284973 type 2
    15 achondroplasia
    2204 cortical hyperostosis
    1306 Buschke-Ollendorff
    2772 osteogenesis imperfecta with cataracts
    666 osteogenesis imperfecta
      216796 type 1
      216804 type 2
      216812 type 3
      216820 type 4
    636 neurofibromatosis 1
      363700 by mutation of NF1
  648 Noonan
  79213 mucopolysaccharidosis
    580 Hunter
    579 type 1
      93473 Hurler
      93474 Scheie
      93476 Hurler-Scheie
  232 sickle cell
  77259 Gaucher type 1
  77261 Gaucher type 3
"""

NEOPLASTIC: Final = """
250908 rare neoplastic disease
  98841 anaplastic large cell lymphoma
    300895 ALK+
    300903 ALK-
  636 neurofibromatosis 1
    363700 by mutation of NF1
  805 tuberous sclerosis
  64742 pleuropulmonary blastoma
    284343 DICER1
  398934 ovary
    398980 serous carcinoma of the peritoneum
  168829 carcinoma of the peritoneum
  637 neurofibromatosis 2
  93921 schwannomatosis
  648 Noonan
  910 xeroderma pigmentosum
"""
