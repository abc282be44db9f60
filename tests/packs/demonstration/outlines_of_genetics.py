"""The classifications of 2022 as outlines: genetic and neurological diseases.

See `outlines` for how to read them. The metabolic branch of the genetic classification is
the metabolic classification itself.
"""

from typing import Final

GENETIC: Final = """
98053 rare genetic disease
  536391 RASopathy
    648 Noonan
    636 neurofibromatosis 1
      363700 by mutation of NF1
  447874 biological anomaly
    447795 lipoyl transferase 2
  1642 distal 9p
  90340 Blau
  98249 Ehlers-Danlos
    287 classical
    285 hypermobile
    286 vascular
  529 Roch-Leri
  68367 inborn errors of metabolism
  71859 genetic neurological disorder
    648 Noonan
    636 neurofibromatosis 1
    567 22q11.2 deletion
    324 Fabry
    579 mucopolysaccharidosis 1
    77259 Gaucher type 1
    77260 Gaucher type 2
    77261 Gaucher type 3
    646 Niemann-Pick C
    365 Pompe
    716 phenylketonuria
    506 Leigh
    255210 mitochondrial DNA-associated Leigh
    905 Wilson
    58 Alexander
      363717 type I
      363722 type II
    166 Charcot-Marie-Tooth
      64746 type 2
        99947 type 2A2
      65753 type 1
        101081 type 1A
        101082 type 1B
        90658 type 1E
    399 Huntington
    137911 autism and port-wine stain
    70 spinal muscular atrophy
      83330 type 1
      83418 type 2
      83419 type 3
      83420 type 4
    262 Duchenne and Becker
      98895 Becker
      98896 Duchenne
    273 Steinert
      589830 adult
      589821 congenital
    232 sickle cell
    823 spina bifida
      268369 open
        268377 complete
    166063 pontocerebellar hypoplasia 4
    611314 syndromic intellectual disability
      805 tuberous sclerosis
      580 Hunter
      910 xeroderma pigmentosum
      79239 classic galactosemia
      255241 Leigh with leukodystrophy
      778 Rett
      98896 Duchenne
      589830 Steinert, adult
      589821 Steinert, congenital
      3205 Sturge-Weber
  637 neurofibromatosis 2
  217581 lysosomal disease with hypertrophic cardiomyopathy
    324 Fabry
    580 Hunter
    93473 Hurler
    93476 Hurler-Scheie
    365 Pompe
  768 long QT
  130 Brugada
  586 cystic fibrosis
  244 ciliary dyskinesia
  422 idiopathic or heritable pulmonary arterial hypertension
    275766 idiopathic
    275777 heritable
  48 absence of vas deferens
  903 von Willebrand
    166081 type 2
      166084 type 2A
      166087 type 2B
  364526 bone dysplasia
    636 neurofibromatosis 1
    1306 Buschke-Ollendorff
    558 Marfan
      284963 type 1
      284973 type 2
    2772 osteogenesis imperfecta with cataracts
    15 achondroplasia
    2204 cortical hyperostosis
    666 osteogenesis imperfecta
      216812 type 3
      216820 type 4
      216796 type 1
      216804 type 2
  98196 hamartosis
    636 neurofibromatosis 1
    805 tuberous sclerosis
    93921 schwannomatosis
    3205 Sturge-Weber
  317416 T-B+
    276 gamma chain
  317419 T-B-
"""

NEUROLOGICAL: Final = """
98006 rare neurologic disease
  636 neurofibromatosis 1
    363700 by mutation of NF1
  166063 pontocerebellar hypoplasia 4
  324 Fabry
  646 Niemann-Pick C
  77260 Gaucher type 2
  77261 Gaucher type 3
  716 phenylketonuria
    79253 mild
    79254 classic
  905 Wilson
  506 Leigh
    255241 with leukodystrophy
  797 sarcoidosis
  399 Huntington
  306731 Sydenham
  477738 multiple sclerosis of childhood
  58 Alexander
    363717 type I
    363722 type II
  637 neurofibromatosis 2
  93921 schwannomatosis
  68381 neuromuscular disease
    803 amyotrophic lateral sclerosis
    262 Duchenne and Becker
      98895 Becker
      98896 Duchenne
    273 Steinert
      589830 adult
      589821 congenital
    365 Pompe
      308552 infantile onset
      420429 late onset
    589 myasthenia gravis
      391490 adult
      391497 juvenile
    70 spinal muscular atrophy
      83330 type 1
      83418 type 2
      83419 type 3
      83420 type 4
  579 mucopolysaccharidosis 1
    93473 Hurler
    93474 Scheie
    93476 Hurler-Scheie
  255210 mitochondrial DNA-associated Leigh
  648 Noonan
  232 sickle cell
  611314 syndromic intellectual disability
    3205 Sturge-Weber
    805 tuberous sclerosis
    778 Rett
    255241 Leigh with leukodystrophy
    910 xeroderma pigmentosum
    98896 Duchenne
    589830 Steinert, adult
    589821 Steinert, congenital
    580 Hunter
    79239 classic galactosemia
  567 22q11.2 deletion
  77259 Gaucher type 1
  137911 autism and port-wine stain
  823 spina bifida
    268369 open
      268377 complete
  166 Charcot-Marie-Tooth
    64746 type 2
      99947 type 2A2
    65753 type 1
      101081 type 1A
      101082 type 1B
      90658 type 1E
"""
