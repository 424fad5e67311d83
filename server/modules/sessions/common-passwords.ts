/**
 * Of the passwords that leaks show most often, those long enough to pass the length rule, and what Italian offices
 * add (ASVS 5.0, 6.2.4). Lower case.
 */
export const commonPasswords: ReadonlySet<string> = new Set(
  `
  0123456789 01234567890 0987654321 1029384756 1111111111 1122334455 11223344556677 1212121212 123123123123
  1231231234 1234512345 123456789a 123456789q 123456789z 1234567890 12345678900 12345678910 1234567891
  12345678901 123456789012 1234554321 123456abcd 123654789a 1357924680 147258369a 1472583690 1q2w3e4r5t
  1q2w3e4r5t6y 1qaz2wsx3edc 1qazxsw23edc 2222222222 5555555555 7777777777 9876543210 987654321a 9999999999
  a123456789 a1b2c3d4e5 aa12345678 aaaaaaaaaa abc1234567 abcd123456 abcd1234567 abcde12345 abcdef1234
  abcdefghij abcdefghijk administrator administrator1 adminadmin admin12345 admin123456 alessandra alessandro
  alessandro1 amministratore amoremio12 amoremio123 andrea1234 angelina12 antonella1 asdasdasd1 asdasdasdasd
  asdf123456 asdf1234567 asdfasdfasdf asdfghjkl1 asdfghjkl123 asdfghjklo azertyuiop azerty12345 barcelona1
  basketball basketball1 benvenuto1 benvenuto12 benvenuto123 benvenuti1 buongiorno buongiorno1 butterfly1
  callcenter callcenter1 callcenter123 cambiami12 cambiami123 cambiami1234 changeme12 changeme123 charlie123
  chocolate1 christina1 christopher ciaociao12 ciaociao123 ciaociaociao computer12 computer123 contactcenter
  cristina12 cuffiacuffia cuffia1234 cuffia12345 default123 defaultpassword elizabeth1 estate2023 estate2024
  estate2025 estate2026 facebook12 facebook123 federica12 forzainter forzainter1 forzajuve1 forzamilan
  forzamilan1 forzanapoli forzaroma1 francesca1 francesco1 francesco12 giovanni12 giuseppe12 giuseppe123
  iloveyou12 iloveyou123 iloveyou1234 ilovejesus internazionale inverno2023 inverno2024 inverno2025
  inverno2026 italia1234 italia12345 juventus10 juventus123 juventus1897 lamborghini letmein123 letmein1234
  liverpool1 liverpool123 maddalena1 manchester manchester1 margherita margherita1 michelangelo milano1234
  minecraft1 minecraft123 motorola123 mypassword mypassword1 napoli1926 nicole1234 operatore1 operatore12
  operatore123 p@ssw0rd12 p@ssw0rd123 p@ssword12 p@ssword123 passpass12 passw0rd12 passw0rd123 passw0rd1234
  passwd1234 password00 password01 password10 password11 password12 password123 password1234 password12345
  password99 passwordpassword password!! password123! parola1234 parolachiave parolasegreta pass123456
  pass1234567 pa55word12 pippo12345 pippo123456 pippopippo pluto12345 pokemon123 primavera1 primavera2024
  primavera2025 primavera2026 princess12 princess123 q1w2e3r4t5 q1w2e3r4t5y6 qazwsx1234 qazwsxedc1
  qazwsxedc123 qazwsxedcrfv qqqqqqqqqq qwer123456 qwerasdfzxcv qwerty1234 qwerty12345 qwerty123456
  qwerty1234567 qwerty123456789 qwertyqwerty qwertyuiop qwertyuiop1 qwertyuiop123 qwertyuiop[] rossoneri1
  sampdoria1 segreta123 segreto123 september1 settembre1 sex1234567 snowflake1 spiderman1 spiderman123
  starwars12 starwars123 stefania12 sunshine12 sunshine123 supervisor supervisor1 supervisore superman12
  superman123 temporanea telefono12 telefono123 temp123456 test123456 test1234567 testtest12 testtest123
  thunderbird trustno123 tuttobene1 unknown123 user123456 utente1234 utente12345 valentina1 valentina12
  valentino46 volkswagen volkswagen1 welcome123 welcome1234 welcome2024 welcome2025 welcome2026 winter2024
  winter2025 summer2024 summer2025 xxxxxxxxxx zaq12wsxcde zaq1zaq1zaq1 zxcvbnm123 zxcvbnm1234 zxcvbnmzxcvbnm
  zzzzzzzzzz
  `
    .trim()
    .split(/\s+/),
)
