BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE audit (
	seq INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	actor TEXT NOT NULL, 
	action TEXT NOT NULL, 
	ref TEXT NOT NULL, 
	"before" TEXT NOT NULL, 
	"after" TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	surface TEXT NOT NULL, 
	detail TEXT NOT NULL, 
	mac TEXT NOT NULL, 
	CONSTRAINT pk_audit PRIMARY KEY (seq)
);
INSERT INTO "audit" VALUES(1,'2026-11-22 06:59:47.212722','frontdesk','bind','','','',0,'settings','{"identity":"dian@harborlight.example","user":"U0SBDIAN00"}','e64d0361dadb9b10bd7cedc56b51bd0c5b74083d0729f6ee95db68c69604ec7a');
INSERT INTO "audit" VALUES(2,'2026-11-22 06:59:47.241138','frontdesk','bind','','','',0,'settings','{"identity":"ryan@harborlight.example","user":"U0SBRYAN00"}','644024adeacd7420c360fd296db825948e16514bfcfc014a64ec63a8e6fe9127');
INSERT INTO "audit" VALUES(3,'2026-11-22 06:59:47.253826','frontdesk','bind','','','',0,'settings','{"identity":"bea@harborlight.example","user":"U0SBBEA000"}','f25456e61c0fd98212fc3ce3eeff8270ead6f9505d1e53b447e9e388285929dc');
INSERT INTO "audit" VALUES(4,'2026-11-22 06:59:47.267551','frontdesk','bind','','','',0,'settings','{"group":"S0SBSALESOPS","identity":"@sales-ops"}','bffdbb0a2c84483ebde5a8df652ff899890b88b516148f6897cb8f19590ceb94');
INSERT INTO "audit" VALUES(5,'2026-11-22 06:59:47.278021','frontdesk','bind','','','',0,'settings','{"group":"S0SBMARKETING","identity":"@marketing"}','103f70167fc559e7613bcb9394256cfe9507213240572a1eea5b4071c54a0fe6');
INSERT INTO "audit" VALUES(6,'2026-11-22 06:59:47.285188','frontdesk','bind','','','',0,'settings','{"identity":"priya@harborlight.example","user":"U0SBPRIYA0"}','ecf43e1ab68b36d0341f9cb3e4a567f9511da109a1044747b8b880349d37298d');
INSERT INTO "audit" VALUES(7,'2026-11-22 06:59:47.288866','frontdesk','bind','','','',0,'settings','{"identity":"leo@harborlight.example","user":"U0SBLEO000"}','3636e7b99b26946716af2e443fd0b3327d31f9883cfb4c05ad2f098fe09dfce8');
INSERT INTO "audit" VALUES(8,'2026-11-22 06:59:47.296963','frontdesk','bind','','','',0,'settings','{"identity":"greta@harborlight.example","user":"U0SBGRETA0"}','0ccb4b632d944725f455c6494106906656dc13ce7a0e2a1efd58c8cdeb33ed4b');
INSERT INTO "audit" VALUES(9,'2026-11-22 06:59:47.305154','frontdesk','bind','','','',0,'settings','{"identity":"hugo@harborlight.example","user":"U0SBHUGO00"}','dd03ed60da2a35840ff40d93529b1a53cf4bc32f2273f1d0fdd8e4f7fcfc9cc6');
INSERT INTO "audit" VALUES(10,'2026-11-22 06:59:47.307641','frontdesk','bind','','','',0,'settings','{"identity":"hana@harborlight.example","user":"U0SBHANA00"}','8ffaca126d5fc4505d2e49913d5d4af0ec2ce282133a523d69d0f33427fc8676');
INSERT INTO "audit" VALUES(11,'2026-11-22 06:59:47.313229','frontdesk','bind','','','',0,'settings','{"identity":"audra@harborlight.example","user":"U0SBAUDRA0"}','6d55ebf6978d4ac9671f2271bd93b0bdcb66981cacb6926f2a70dfac6d041d6f');
INSERT INTO "audit" VALUES(12,'2026-11-22 06:59:47.319600','frontdesk','bind','','','',0,'settings','{"identity":"adam@harborlight.example","user":"U0SBADAM00"}','ab20d4f3501c553410f3040665cae9ca75136a3c191abed62f8f630c9347ecbc');
INSERT INTO "audit" VALUES(13,'2026-11-22 06:59:47.323542','frontdesk','grant','','','',0,'settings','{"identity":"dian@harborlight.example","role":"sales_assistant","user":"U0SBDIAN00"}','6f25de549a9e6a47c32d1673c646999f8e9a46d6bc0c5623a0f0f23e1c35b419');
INSERT INTO "audit" VALUES(14,'2026-11-22 06:59:47.323542','frontdesk','grant','','','',0,'settings','{"identity":"ryan@harborlight.example","role":"executive","user":"U0SBRYAN00"}','b7fe8ea552c3e84a10fc029fba4a3ba035cfb9e154a472dbec656ab7aacc1422');
INSERT INTO "audit" VALUES(15,'2026-11-22 06:59:47.323542','frontdesk','grant','','','',0,'settings','{"identity":"bea@harborlight.example","role":"billing","user":"U0SBBEA000"}','bfdc4ebe54236894a876ba47e27fdf971875fbc9a9cd51ac4daac649c52847ca');
INSERT INTO "audit" VALUES(16,'2026-11-22 06:59:47.323542','frontdesk','grant','','','',0,'settings','{"identity":"@marketing","role":"triage","user":"U0SBHANA00"}','c767a6fed88a913bb951afde554d30c9c81400615c34a3fed8a5e956f065f2a0');
INSERT INTO "audit" VALUES(17,'2026-11-22 06:59:47.323542','frontdesk','grant','','','',0,'settings','{"identity":"@marketing","role":"triage","user":"U0SBMIA000"}','59d0c06d2ec1ba59329ac5235143e53dcf6b622dc02716a590707e921f45a6c1');
INSERT INTO "audit" VALUES(18,'2026-11-22 06:59:47.323542','frontdesk','grant','','','',0,'settings','{"identity":"@sales-ops","role":"triage","user":"U0SBSOL000"}','70502f687e21543d7b6a5ab5b70f858cab7a25a8b98787d01e54d260cc6eb18f');
INSERT INTO "audit" VALUES(19,'2026-11-22 06:59:47.323542','frontdesk','grant','','','',0,'settings','{"identity":"priya@harborlight.example","role":"pre_sales","user":"U0SBPRIYA0"}','86e997033c7a9dc269cb9b4b719d8d645a55b1fde9c8037d9802994f3162d68b');
INSERT INTO "audit" VALUES(20,'2026-11-22 06:59:47.323542','frontdesk','grant','','','',0,'settings','{"identity":"@marketing","role":"marketing","user":"U0SBHANA00"}','1b6917d7d6392b7037406a7d020c3e0773b8b733d5b4af7eaeb8efd9babf2634');
INSERT INTO "audit" VALUES(21,'2026-11-22 06:59:47.323542','frontdesk','grant','','','',0,'settings','{"identity":"@marketing","role":"marketing","user":"U0SBMIA000"}','3fbceb31e05b6c08a7f03ef73f4bde821f6a38cbfabd59138c1d94ddfca300d7');
INSERT INTO "audit" VALUES(22,'2026-11-22 06:59:47.323542','frontdesk','grant','','','',0,'settings','{"identity":"leo@harborlight.example","role":"delivery","user":"U0SBLEO000"}','bf7524757214b8f222600a67ae82466355c981e7eabe8902207807513ea0ea8d');
INSERT INTO "audit" VALUES(23,'2026-11-22 06:59:47.323542','frontdesk','grant','','','',0,'settings','{"identity":"greta@harborlight.example","role":"sales_manager","user":"U0SBGRETA0"}','9bd7272a8d141f5730b52b08403962a08ecc61a06ebdde3b41e69d09f0ac8d62');
INSERT INTO "audit" VALUES(24,'2026-11-22 06:59:47.323542','frontdesk','grant','','','',0,'settings','{"identity":"hugo@harborlight.example","role":"head_of_sales","user":"U0SBHUGO00"}','d50a6b786ea76b7490df9231a9a36ba7f5ebe39219612c4dc7ec7ba498fc640d');
INSERT INTO "audit" VALUES(25,'2026-11-22 06:59:47.323542','frontdesk','grant','','','',0,'settings','{"identity":"hana@harborlight.example","role":"head_of_marketing","user":"U0SBHANA00"}','3fcbda81ea17e876cc1272961d0d16527354d9e1084ec92f0fc0e86c42c26f6b');
INSERT INTO "audit" VALUES(26,'2026-11-22 06:59:47.323542','frontdesk','grant','','','',0,'settings','{"identity":"audra@harborlight.example","role":"auditor","user":"U0SBAUDRA0"}','efab38a9b595fc09fc986742d4205fc4db15c23cfcbbc9e67e3abefacec1d9fa');
INSERT INTO "audit" VALUES(27,'2026-11-22 06:59:47.323542','frontdesk','grant','','','',0,'settings','{"identity":"adam@harborlight.example","role":"admin","user":"U0SBADAM00"}','549f5086178f59bb86c3910016c343482c30637e4d2c22eb40848fd5e6b94982');
INSERT INTO "audit" VALUES(28,'2026-11-23 15:00:00.716082','U0SBANA000','submit','SOW-1','','executive_approval',1,'modal','{"path":"submitted > executive_approval","rule executive_needed":"250,000.00 USD is at or above the threshold of 100,000.00 USD","state":"ecaf95297d580310bfccf4e0083c40a20b89f3c22b4c74102c0ee48365d9abca"}','54c8145a41d6867ee66bea106a1dd7d9847e6e2f9afbffd093810ba0bc17335f');
INSERT INTO "audit" VALUES(29,'2026-11-23 15:00:01.300782','U0SBANA000','submit','SOW-2','','acceptance',1,'modal','{"path":"submitted > executive_approval > acceptance","rule executive_needed":"8,000.00 USD is below the threshold of 100,000.00 USD","state":"f3fd968bd835d4584fa441ef55aead32cdcb2838c569e8500b8d459799df614c"}','b3a85d9c47bbbb52de7c8cbdc803b052293b3e9a5f6d07f0d70bc285681c4c2a');
INSERT INTO "audit" VALUES(30,'2026-11-23 15:00:01.619938','U0SBDIAN00','mark_large_client','SOW-2','acceptance','executive_approval',2,'modal','{"changed":"large_client: False -> True\nlarge_client_reason:  -> 40 sites.","path":"executive_approval","reason":"40 sites.","rule executive_needed":"it is marked as a large client","state":"6ae61b35140707bc9590de4357ce7c2b56f9f66eebe4f86b27c70d336723cd95"}','1c7aef7e7c2da363a884527e97259b7e0130dd1bf412e1dc5e1a4eb54cd9a36c');
INSERT INTO "audit" VALUES(31,'2026-11-23 15:00:01.821245','U0SBDIAN00','propose_clearing','SOW-2','executive_approval','large_client_check',3,'modal','{"path":"large_client_check","reason":"Two sites only.","state":"b2be6146dc315bf7814bf549aa9dbe5e85e3411a458d9ba7d6468039e195a37f"}','4d927032c3c2c451b4237c2081d9df46bf8edec807fb8c51ef0403edfdd398f6');
INSERT INTO "audit" VALUES(32,'2026-11-23 15:00:02.122020','U0SBANA000','submit','SOW-3','','acceptance',1,'modal','{"path":"submitted > executive_approval > acceptance","rule executive_needed":"8,000.00 USD is below the threshold of 100,000.00 USD","state":"2786716d7b1eb4ec2926b0eb0cc6ab5cdab18864075458f180b6a6b65922d82a"}','55e0378d407178142acac7e163d92d09faca3a43773864a085fddb77b6f98031');
INSERT INTO "audit" VALUES(33,'2026-11-23 15:00:02.433787','U0SBANA000','submit','SOW-4','','acceptance',1,'modal','{"path":"submitted > executive_approval > acceptance","rule executive_needed":"8,000.00 USD is below the threshold of 100,000.00 USD","state":"27e843384bf67ba60ba293e4b2786223a53ddeab07a39ed37b7e323953c84cc4"}','3f3d3e1a50e159478ea259b735f334ca0e8ad37b2e9fee471f91531cef80a42c');
INSERT INTO "audit" VALUES(34,'2026-11-23 15:00:02.821274','U0SBDIAN00','request_changes','SOW-4','acceptance','changes_requested',2,'modal','{"path":"changes_requested","reason":"Say more of the scope.","state":"49f89cc81f4c98d8e7830f738881063a4f48b10357b9871a00af0a5b2a7d2939"}','15908425cf9edfe7735c9bb0cfa0f742fb12f222c49261cd3f72db896f313ee3');
INSERT INTO "audit" VALUES(35,'2026-11-23 15:00:03.227633','U0SBANA000','submit','SOW-5','','acceptance',1,'modal','{"path":"submitted > executive_approval > acceptance","rule executive_needed":"8,000.00 USD is below the threshold of 100,000.00 USD","state":"a527d8a2b195ef84215bd0a7c1673b3e2b4692d5ad6cabba5d0b07f119d34ad8"}','29e51e2301f2af016f95b5d944b121ade0b4975a953ac98884683937bb481b9e');
INSERT INTO "audit" VALUES(36,'2026-11-23 15:00:03.333697','U0SBDIAN00','accept','SOW-5','acceptance','drafting',2,'button','{"owner":"U0SBDIAN00","path":"drafting","state":"fb355ea833775c8dfa2410ebcc79cb0dbcd9f54429adaa3026f75177bb295809"}','349ab51c2dd384ab7652862d5cb4c756924e894b75c0455bf78a9b684f57d5d7');
INSERT INTO "audit" VALUES(37,'2026-11-23 15:00:03.759675','U0SBANA000','submit','SOW-6','','acceptance',1,'modal','{"path":"submitted > executive_approval > acceptance","rule executive_needed":"8,000.00 USD is below the threshold of 100,000.00 USD","state":"4537822f1c7908e1a0358fc2853abafdd389634b52caef03723768b39a3b3307"}','50d0e27675a210cccd33bf5c91af1c584c814916802200e2f91f284cebc110ba');
INSERT INTO "audit" VALUES(38,'2026-11-23 15:00:04.112399','U0SBDIAN00','reject','SOW-6','acceptance','rejected',2,'modal','{"path":"rejected","reason":"We do not do that.","state":"c89fff0c5f2248a4981af1855a5ee550a2b57c0331156223ce6cb40c643dc5c4"}','a97a6f5779cb83c9727a41dc7c1bf59890fe99fe11707316b677a02119f23257');
INSERT INTO "audit" VALUES(39,'2026-11-23 15:00:04.511642','U0SBANA000','submit','SOW-7','','acceptance',1,'modal','{"path":"submitted > executive_approval > acceptance","rule executive_needed":"8,000.00 USD is below the threshold of 100,000.00 USD","state":"a20ad5b49f925a701437df469832045f66a1c60ac8cdfaab6a0b1edb9c06e505"}','3773415dd78c5cdc3958e9104801cc694cbff842d979e5ed80498508023263a0');
INSERT INTO "audit" VALUES(40,'2026-11-23 15:00:04.897935','U0SBANA000','cancel','SOW-7','acceptance','cancelled',2,'modal','{"path":"cancelled","reason":"They went elsewhere.","state":"da28cf9d9cd227d11641036132dee5da9042a4c6ad9feb6576032c582490e014"}','3977cc5d238698d3b9dcc4fa8acb60b622404f085ce76ec07fb76d99d244688b');
INSERT INTO "audit" VALUES(41,'2026-11-23 15:00:05.379589','U0SBBEN000','submit','ASSET-1','','submitted',1,'modal','{"path":"submitted","state":"643013b6e4174b73bfb0666d0db9518f8f98041fe8345c51b02bb9bfd9a1da0d"}','60628ee4c558c84b59744c9ed6c65ac9c249de02f36c042785f4f1e065e484cd');
INSERT INTO "audit" VALUES(42,'2026-11-23 15:00:05.920882','U0SBBEN000','submit','ASSET-2','','submitted',1,'modal','{"path":"submitted","state":"61e25f3fc6023a80cade9d5f77f2fec9d75a451e3850e9e5050ca745364b2e32"}','8f6c36338ddd5a497eaecca28fb7ab35492fe390af9d178656219e703a4f3a24');
INSERT INTO "audit" VALUES(43,'2026-11-23 15:00:06.145547','U0SBBEN000','submit','ASSET-3','','submitted',1,'modal','{"path":"submitted","state":"cb30486f5cf3badf58e7b185fd25570d7968e6e2b42ff37e145448e7673179ad"}','336e79ab55e11ab6f251167c69ca2e48d31cdac0ddcca975299fce5ddcc21649');
INSERT INTO "audit" VALUES(44,'2026-11-23 15:00:06.433116','U0SBBEN000','submit','ASSET-4','','submitted',1,'modal','{"path":"submitted","state":"4e146eb13d259dc8614b1efbcb9f512400af635df251063a991a6fc2054510d6"}','713dc7b2e2f501401926bfe5b177b403fb56d7af3458003a5236b13f600a8b65');
INSERT INTO "audit" VALUES(45,'2026-11-23 15:00:06.716566','U0SBBEN000','submit','ASSET-5','','submitted',1,'modal','{"path":"submitted","state":"4c81fea2b73335bc1c37034f188152f165de7fc2c64c3b4951fcf66f9e60897f"}','c3d7a9d7b4b4dc5ac61ee289b171b653b1ecae0dee7a79e140bc01e54b44dfaf');
INSERT INTO "audit" VALUES(46,'2026-11-23 15:00:06.892842','U0SBBEN000','submit','ASSET-6','','submitted',1,'modal','{"path":"submitted","state":"6fdcb6e8907dba003cc30f35435b2b322546250188f44f4630b02d0f0ba810c7"}','35cbf8de1c587f2533d3096718c76a2cb081aa440a38b977068c8e22f7649b7a');
INSERT INTO "audit" VALUES(47,'2026-11-23 15:00:06.976491','U0SBSOL000','triage','ASSET-2','submitted','in_triage',2,'button','{"path":"in_triage","state":"a75d98d024294ef21349814d5226aaeffc1bd578ea05f16bc1586f75ce707a6b"}','3c3496d5c7aba644aaf4e54f3646d124092b5ad207e876e4122b1c217c42c55e');
INSERT INTO "audit" VALUES(48,'2026-11-23 15:00:07.267514','U0SBSOL000','request_changes','ASSET-3','submitted','changes_requested',2,'modal','{"path":"changes_requested","reason":"For whom is it?","state":"88d76817ebbe05925f416ae497c540377fad77bd20a8624fb711df747cbfd84a"}','b138f1ed387f18e5a07ffcf329d77dc658a49b5d523a43c20602849da2dbd8ea');
INSERT INTO "audit" VALUES(49,'2026-11-23 15:00:07.457571','U0SBSOL000','accept','ASSET-4','submitted','accepted',2,'modal','{"due on":"2027-01-20","owner":"U0SBMIA000","path":"accepted","state":"0eba9fd03d13637558c95e6bec5525369f4711b80c88dd93b2b78a618629f59e"}','c97ca1e170e1e03e6cf2501b900da8af06649a8e59866e10b878460119572aef');
INSERT INTO "audit" VALUES(50,'2026-11-23 15:00:07.878221','U0SBSOL000','decline','ASSET-5','submitted','declined',2,'modal','{"path":"declined","reason":"There is one on the shelf.","state":"24f4870a57943414930ce20661494e9309706892f78a296aa851409d2042f975"}','27f8c7082eaa91b5c59acc3daab393cff6ee5722f2e2bc3c2683fbcf7d0e9fae');
INSERT INTO "audit" VALUES(51,'2026-11-23 15:00:08.344964','U0SBBEN000','cancel','ASSET-6','submitted','cancelled',2,'modal','{"path":"cancelled","reason":"The deal is lost.","state":"2e8172e5ed8e289c481a530115a7af82706971e266d0aa35323e66c33603d5f5"}','ceedcb262e69bd91b35d0a7282c0c8056a603b316ce0cdcfe8aca8dab29bf031');
INSERT INTO "audit" VALUES(52,'2026-11-23 15:00:08.655128','U0SBANA000','submit','SOW-8','','acceptance',1,'modal','{"path":"submitted > executive_approval > acceptance","rule executive_needed":"8,000.00 USD is below the threshold of 100,000.00 USD","state":"089e10f4e4a69a621621da15e0955718aaae5eedbd183ba973006a0df7d6171e"}','17b30ff9e590b2a844c7a83084797a04d84bf09a49c7829ae8f44a536f518b76');
CREATE TABLE bindings (
	identity TEXT NOT NULL, 
	user TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_bindings PRIMARY KEY (identity)
)
 WITHOUT ROWID

;
INSERT INTO "bindings" VALUES('@marketing','S0SBMARKETING','2026-11-22 06:59:47.278021');
INSERT INTO "bindings" VALUES('@sales-ops','S0SBSALESOPS','2026-11-22 06:59:47.267551');
INSERT INTO "bindings" VALUES('adam@harborlight.example','U0SBADAM00','2026-11-22 06:59:47.319600');
INSERT INTO "bindings" VALUES('audra@harborlight.example','U0SBAUDRA0','2026-11-22 06:59:47.313229');
INSERT INTO "bindings" VALUES('bea@harborlight.example','U0SBBEA000','2026-11-22 06:59:47.253826');
INSERT INTO "bindings" VALUES('dian@harborlight.example','U0SBDIAN00','2026-11-22 06:59:47.212722');
INSERT INTO "bindings" VALUES('greta@harborlight.example','U0SBGRETA0','2026-11-22 06:59:47.296963');
INSERT INTO "bindings" VALUES('hana@harborlight.example','U0SBHANA00','2026-11-22 06:59:47.307641');
INSERT INTO "bindings" VALUES('hugo@harborlight.example','U0SBHUGO00','2026-11-22 06:59:47.305154');
INSERT INTO "bindings" VALUES('leo@harborlight.example','U0SBLEO000','2026-11-22 06:59:47.288866');
INSERT INTO "bindings" VALUES('priya@harborlight.example','U0SBPRIYA0','2026-11-22 06:59:47.285188');
INSERT INTO "bindings" VALUES('ryan@harborlight.example','U0SBRYAN00','2026-11-22 06:59:47.241138');
CREATE TABLE cards (
	nth INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	ref TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	address TEXT NOT NULL, 
	step INTEGER NOT NULL, 
	channel TEXT NOT NULL, 
	ts TEXT NOT NULL, 
	shown INTEGER NOT NULL, 
	CONSTRAINT pk_cards PRIMARY KEY (nth), 
	CONSTRAINT uq_cards_id UNIQUE (id), 
	CONSTRAINT uq_cards_ref_address_kind_step UNIQUE (ref, address, kind, step)
);
INSERT INTO "cards" VALUES(1,'72638b4f1710fade','SOW-1','channel','channel:sow-requests',0,'C0SBSOWREQUESTS','1795446001.004459',1);
INSERT INTO "cards" VALUES(2,'4da9e1b7ee34ef05','SOW-1','asker','user:U0SBANA000',0,'D0SB00000D','1795446001.036018',1);
INSERT INTO "cards" VALUES(3,'97424f2f27046486','SOW-1','decider','user:U0SBRYAN00',1,'D0SB00000F','1795446001.069520',1);
INSERT INTO "cards" VALUES(4,'cc8970dcdab3f884','SOW-2','channel','channel:sow-requests',0,'C0SBSOWREQUESTS','1795446001.377825',3);
INSERT INTO "cards" VALUES(5,'4b7a8e6e3aa98295','SOW-2','asker','user:U0SBANA000',0,'D0SB00000D','1795446001.392506',3);
INSERT INTO "cards" VALUES(6,'493512f290a66654','SOW-2','decider','user:U0SBDIAN00',1,'D0SB00000I','1795446001.409400',3);
INSERT INTO "cards" VALUES(7,'ac8ec1eca4bdde85','SOW-2','decider','user:U0SBRYAN00',2,'D0SB00000F','1795446001.713657',3);
INSERT INTO "cards" VALUES(8,'f8990c2b3f6cf5e9','SOW-2','decider','user:U0SBRYAN00',3,'D0SB00000F','1795446002.033421',3);
INSERT INTO "cards" VALUES(9,'74262793c7db82fc','SOW-3','channel','channel:sow-requests',0,'C0SBSOWREQUESTS','1795446002.239480',1);
INSERT INTO "cards" VALUES(10,'3d6b88ae092402fa','SOW-3','asker','user:U0SBANA000',0,'D0SB00000D','1795446002.241359',1);
INSERT INTO "cards" VALUES(11,'550fb444636168a2','SOW-3','decider','user:U0SBDIAN00',1,'D0SB00000I','1795446002.246885',1);
INSERT INTO "cards" VALUES(12,'82ce54fcc8927b52','SOW-4','channel','channel:sow-requests',0,'C0SBSOWREQUESTS','1795446002.499753',2);
INSERT INTO "cards" VALUES(13,'ce4bb5f63671cf36','SOW-4','asker','user:U0SBANA000',0,'D0SB00000D','1795446002.529444',2);
INSERT INTO "cards" VALUES(14,'db79a4453abea3a0','SOW-4','decider','user:U0SBDIAN00',1,'D0SB00000I','1795446002.569018',2);
INSERT INTO "cards" VALUES(15,'963ccdfd0dc6cce2','SOW-5','channel','channel:sow-requests',0,'C0SBSOWREQUESTS','1795446003.240048',2);
INSERT INTO "cards" VALUES(16,'7d81ef6d3eb8fade','SOW-5','asker','user:U0SBANA000',0,'D0SB00000D','1795446003.245428',2);
INSERT INTO "cards" VALUES(17,'f38f400c691db3c6','SOW-5','decider','user:U0SBDIAN00',1,'D0SB00000I','1795446003.251883',2);
INSERT INTO "cards" VALUES(18,'abc9fbf62b5bb62a','SOW-5','decider','user:U0SBDIAN00',2,'D0SB00000I','1795446003.663961',2);
INSERT INTO "cards" VALUES(19,'b90445cd52fc3757','SOW-6','channel','channel:sow-requests',0,'C0SBSOWREQUESTS','1795446003.878123',2);
INSERT INTO "cards" VALUES(20,'ff7c95bdb01d2a14','SOW-6','asker','user:U0SBANA000',0,'D0SB00000D','1795446003.871026',2);
INSERT INTO "cards" VALUES(21,'795a75e594f0f3a6','SOW-6','decider','user:U0SBDIAN00',1,'D0SB00000I','1795446003.885656',2);
INSERT INTO "cards" VALUES(22,'f8a9e7dc65b8f380','SOW-7','channel','channel:sow-requests',0,'C0SBSOWREQUESTS','1795446004.590351',2);
INSERT INTO "cards" VALUES(23,'a516a9941277147a','SOW-7','asker','user:U0SBANA000',0,'D0SB00000D','1795446004.628830',2);
INSERT INTO "cards" VALUES(24,'863a9da2fd787d04','SOW-7','decider','user:U0SBDIAN00',1,'D0SB00000I','1795446004.640841',2);
INSERT INTO "cards" VALUES(25,'bab57c6f963f8035','ASSET-1','channel','channel:asset-requests',0,'C0SBASSETREQUESTS','1795446005.521678',1);
INSERT INTO "cards" VALUES(26,'6fae8df2961c7929','ASSET-1','asker','user:U0SBBEN000',0,'D0SB0000BZ','1795446005.527583',1);
INSERT INTO "cards" VALUES(27,'d601c1cae0e5e829','ASSET-1','decider','user:U0SBHANA00',1,'D0SB0000B3','1795446005.548971',1);
INSERT INTO "cards" VALUES(28,'4b137485c8b02c63','ASSET-1','decider','user:U0SBMIA000',1,'D0SB0000B4','1795446005.558909',1);
INSERT INTO "cards" VALUES(29,'f6882d21655fec52','ASSET-1','decider','user:U0SBSOL000',1,'D0SB0000B7','1795446005.574967',1);
INSERT INTO "cards" VALUES(30,'c682f352aeebf851','ASSET-2','channel','channel:asset-requests',0,'C0SBASSETREQUESTS','1795446005.970944',2);
INSERT INTO "cards" VALUES(31,'b2bb75b3b2f00a62','ASSET-2','asker','user:U0SBBEN000',0,'D0SB0000BZ','1795446005.984033',2);
INSERT INTO "cards" VALUES(32,'c8344213286069be','ASSET-2','decider','user:U0SBHANA00',1,'D0SB0000B3','1795446006.002814',2);
INSERT INTO "cards" VALUES(33,'490067e45cadc26f','ASSET-2','decider','user:U0SBMIA000',1,'D0SB0000B4','1795446006.014594',2);
INSERT INTO "cards" VALUES(34,'c3b314b46e74cdea','ASSET-2','decider','user:U0SBSOL000',1,'D0SB0000B7','1795446006.026030',2);
INSERT INTO "cards" VALUES(35,'358f01aeb1f828f9','ASSET-3','channel','channel:asset-requests',0,'C0SBASSETREQUESTS','1795446006.184206',2);
INSERT INTO "cards" VALUES(36,'fc1b5ff534c4b0da','ASSET-3','asker','user:U0SBBEN000',0,'D0SB0000BZ','1795446006.191852',2);
INSERT INTO "cards" VALUES(37,'afcbbd36ed03fe3e','ASSET-3','decider','user:U0SBHANA00',1,'D0SB0000B3','1795446006.228710',2);
INSERT INTO "cards" VALUES(38,'e13295e342d8b786','ASSET-3','decider','user:U0SBMIA000',1,'D0SB0000B4','1795446006.230097',2);
INSERT INTO "cards" VALUES(39,'b0817fb425199e54','ASSET-3','decider','user:U0SBSOL000',1,'D0SB0000B7','1795446006.234098',2);
INSERT INTO "cards" VALUES(40,'cd25520d88352536','ASSET-4','channel','channel:asset-requests',0,'C0SBASSETREQUESTS','1795446006.460010',2);
INSERT INTO "cards" VALUES(41,'4f000fc7686c433e','ASSET-4','asker','user:U0SBBEN000',0,'D0SB0000BZ','1795446006.480233',2);
INSERT INTO "cards" VALUES(42,'e4c36438c1cb3a1e','ASSET-4','decider','user:U0SBHANA00',1,'D0SB0000B3','1795446006.502829',2);
INSERT INTO "cards" VALUES(43,'d9e7dc2c1ac4e93b','ASSET-4','decider','user:U0SBMIA000',1,'D0SB0000B4','1795446006.504271',2);
INSERT INTO "cards" VALUES(44,'00ecec092ce0674c','ASSET-4','decider','user:U0SBSOL000',1,'D0SB0000B7','1795446006.505047',2);
INSERT INTO "cards" VALUES(45,'625ab14f8f17448a','ASSET-5','channel','channel:asset-requests',0,'C0SBASSETREQUESTS','1795446006.738997',2);
INSERT INTO "cards" VALUES(46,'936421d9e8373bb8','ASSET-5','asker','user:U0SBBEN000',0,'D0SB0000BZ','1795446006.743692',2);
INSERT INTO "cards" VALUES(47,'31284edb0bd926e4','ASSET-5','decider','user:U0SBHANA00',1,'D0SB0000B3','1795446006.764813',2);
INSERT INTO "cards" VALUES(48,'3152d852d357df65','ASSET-5','decider','user:U0SBMIA000',1,'D0SB0000B4','1795446006.765974',2);
INSERT INTO "cards" VALUES(49,'8062e89d20606bb5','ASSET-5','decider','user:U0SBSOL000',1,'D0SB0000B7','1795446006.785182',2);
INSERT INTO "cards" VALUES(50,'dfe162389e9cfb48','ASSET-6','channel','channel:asset-requests',0,'C0SBASSETREQUESTS','1795446006.910771',2);
INSERT INTO "cards" VALUES(51,'1b2375dd876e9652','ASSET-6','asker','user:U0SBBEN000',0,'D0SB0000BZ','1795446006.915849',2);
INSERT INTO "cards" VALUES(52,'cf00efdc8c252d99','ASSET-6','decider','user:U0SBHANA00',1,'D0SB0000B3','1795446006.920282',2);
INSERT INTO "cards" VALUES(53,'db636bef2eed83bf','ASSET-6','decider','user:U0SBMIA000',1,'D0SB0000B4','1795446006.936063',2);
INSERT INTO "cards" VALUES(54,'41df6957a323f1f1','ASSET-6','decider','user:U0SBSOL000',1,'D0SB0000B7','1795446006.947597',2);
INSERT INTO "cards" VALUES(55,'e06a2bc206ecadea','ASSET-2','decider','user:U0SBHANA00',2,'D0SB0000B3','1795446007.221620',2);
INSERT INTO "cards" VALUES(56,'cc9e6ab06256e809','ASSET-2','decider','user:U0SBMIA000',2,'D0SB0000B4','1795446007.228033',2);
INSERT INTO "cards" VALUES(57,'e2ba7c63b74e127c','ASSET-2','decider','user:U0SBSOL000',2,'D0SB0000B7','1795446007.236239',2);
INSERT INTO "cards" VALUES(58,'0f08c42a79b6b171','ASSET-4','decider','user:U0SBMIA000',2,'D0SB0000B4','1795446007.764428',2);
CREATE TABLE counters (
	workflow TEXT NOT NULL, 
	last INTEGER NOT NULL, 
	CONSTRAINT pk_counters PRIMARY KEY (workflow)
)
 WITHOUT ROWID

;
INSERT INTO "counters" VALUES('sales_asset',6);
INSERT INTO "counters" VALUES('sow',8);
CREATE TABLE deliveries (
	"key" TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_deliveries PRIMARY KEY ("key")
)
 WITHOUT ROWID

;
INSERT INTO "deliveries" VALUES('view:T0SBHARBOR:V0SB000005:changes','2026-11-23 15:00:02.817972');
INSERT INTO "deliveries" VALUES('view:T0SBHARBOR:V0SB00000B:sow','2026-11-23 15:00:00.716082');
INSERT INTO "deliveries" VALUES('view:T0SBHARBOR:V0SB00000C:sow','2026-11-23 15:00:01.300782');
INSERT INTO "deliveries" VALUES('view:T0SBHARBOR:V0SB00000L:reason','2026-11-23 15:00:01.619287');
INSERT INTO "deliveries" VALUES('view:T0SBHARBOR:V0SB00000R:reason','2026-11-23 15:00:01.820687');
INSERT INTO "deliveries" VALUES('view:T0SBHARBOR:V0SB00000S:sow','2026-11-23 15:00:02.122020');
INSERT INTO "deliveries" VALUES('view:T0SBHARBOR:V0SB00000Y:sow','2026-11-23 15:00:02.433787');
INSERT INTO "deliveries" VALUES('view:T0SBHARBOR:V0SB0000BA:sow','2026-11-23 15:00:03.227633');
INSERT INTO "deliveries" VALUES('view:T0SBHARBOR:V0SB0000BE:sow','2026-11-23 15:00:03.759675');
INSERT INTO "deliveries" VALUES('view:T0SBHARBOR:V0SB0000BL:rejection','2026-11-23 15:00:04.111335');
INSERT INTO "deliveries" VALUES('view:T0SBHARBOR:V0SB0000BO:sow','2026-11-23 15:00:04.511642');
INSERT INTO "deliveries" VALUES('view:T0SBHARBOR:V0SB0000BT:cancellation','2026-11-23 15:00:04.896871');
INSERT INTO "deliveries" VALUES('view:T0SBHARBOR:V0SB0000BU:sales_asset','2026-11-23 15:00:05.379589');
INSERT INTO "deliveries" VALUES('view:T0SBHARBOR:V0SB0000BY:sales_asset','2026-11-23 15:00:05.920882');
INSERT INTO "deliveries" VALUES('view:T0SBHARBOR:V0SB0000CF:sales_asset','2026-11-23 15:00:06.145547');
INSERT INTO "deliveries" VALUES('view:T0SBHARBOR:V0SB0000CK:sales_asset','2026-11-23 15:00:06.433116');
INSERT INTO "deliveries" VALUES('view:T0SBHARBOR:V0SB0000CP:sales_asset','2026-11-23 15:00:06.716566');
INSERT INTO "deliveries" VALUES('view:T0SBHARBOR:V0SB0000CU:sales_asset','2026-11-23 15:00:06.892842');
INSERT INTO "deliveries" VALUES('view:T0SBHARBOR:V0SB0000DB:changes','2026-11-23 15:00:07.266967');
INSERT INTO "deliveries" VALUES('view:T0SBHARBOR:V0SB0000DH:acceptance','2026-11-23 15:00:07.456964');
INSERT INTO "deliveries" VALUES('view:T0SBHARBOR:V0SB0000DO:declining','2026-11-23 15:00:07.877442');
INSERT INTO "deliveries" VALUES('view:T0SBHARBOR:V0SB0000DX:cancellation','2026-11-23 15:00:08.344056');
INSERT INTO "deliveries" VALUES('view:T0SBHARBOR:V0SB0000EA:sow','2026-11-23 15:00:08.655128');
CREATE TABLE drafts (
	id TEXT NOT NULL, 
	user TEXT NOT NULL, 
	form TEXT NOT NULL, 
	workflow TEXT NOT NULL, 
	transition TEXT NOT NULL, 
	ref TEXT, 
	step INTEGER NOT NULL, 
	state JSON NOT NULL, 
	"full" JSON NOT NULL, 
	view_id TEXT NOT NULL, 
	view_hash TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	resumable BOOLEAN NOT NULL, 
	CONSTRAINT pk_drafts PRIMARY KEY (id)
);
CREATE TABLE gates (
	address TEXT NOT NULL, 
	opens_at DATETIME NOT NULL, 
	leased_until DATETIME, 
	token TEXT, 
	CONSTRAINT pk_gates PRIMARY KEY (address)
)
 WITHOUT ROWID

;
INSERT INTO "gates" VALUES('channel:asset-requests','2026-11-22 06:59:56.273000',NULL,NULL);
INSERT INTO "gates" VALUES('channel:sow-requests','2026-11-22 06:59:52.985000',NULL,NULL);
INSERT INTO "gates" VALUES('user:U0SBANA000','2026-11-22 06:59:52.845000',NULL,NULL);
INSERT INTO "gates" VALUES('user:U0SBBEN000','2026-11-22 06:59:56.259000',NULL,NULL);
INSERT INTO "gates" VALUES('user:U0SBDIAN00','2026-11-22 06:59:53.009000',NULL,NULL);
INSERT INTO "gates" VALUES('user:U0SBHANA00','2026-11-22 06:59:56.278000',NULL,NULL);
INSERT INTO "gates" VALUES('user:U0SBMIA000','2026-11-22 06:59:56.293000',NULL,NULL);
INSERT INTO "gates" VALUES('user:U0SBRYAN00','2026-11-22 06:59:49.793000',NULL,NULL);
INSERT INTO "gates" VALUES('user:U0SBSOL000','2026-11-22 06:59:56.287000',NULL,NULL);
CREATE TABLE outbox (
	id INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	address TEXT NOT NULL, 
	payload JSON NOT NULL, 
	state TEXT NOT NULL, 
	due_at DATETIME NOT NULL, 
	attempts INTEGER NOT NULL, 
	free_at DATETIME, 
	first_at DATETIME, 
	unsure_since DATETIME, 
	ended_at DATETIME, 
	token TEXT, 
	error TEXT NOT NULL, 
	CONSTRAINT pk_outbox PRIMARY KEY (id), 
	CONSTRAINT uq_outbox_key UNIQUE ("key")
);
INSERT INTO "outbox" VALUES(1,'card:SOW-1:channel:sow-requests:0:1:','card','channel:sow-requests','{"ref": "SOW-1", "kind": "channel", "step": 0, "anew": false}','sent','2026-11-23 15:00:00.716082',1,'2026-11-22 07:01:48.503000','2026-11-22 06:59:48.503000',NULL,'2026-11-22 06:59:48.833000',NULL,'');
INSERT INTO "outbox" VALUES(2,'log:SOW-1:1:channel:sow-requests','log','channel:sow-requests','{"ref": "SOW-1", "entry": {"at": "2026-11-23T15:00:00.716082+00:00", "actor": "U0SBANA000", "action": "submit", "ref": "SOW-1", "before": "", "after": "executive_approval", "version": 1, "surface": "modal", "detail": {"path": "submitted > executive_approval", "rule executive_needed": "250,000.00 USD is at or above the threshold of 100,000.00 USD"}}}','sent','2026-11-23 15:00:00.716082',1,'2026-11-22 07:01:48.899000','2026-11-22 06:59:48.899000',NULL,'2026-11-22 06:59:48.984000',NULL,'');
INSERT INTO "outbox" VALUES(3,'card:SOW-1:user:U0SBANA000:0:1:','card','user:U0SBANA000','{"ref": "SOW-1", "kind": "asker", "step": 0, "anew": false}','sent','2026-11-23 15:00:00.716082',1,'2026-11-22 07:01:48.503000','2026-11-22 06:59:48.503000',NULL,'2026-11-22 06:59:48.847000',NULL,'');
INSERT INTO "outbox" VALUES(4,'card:SOW-1:user:U0SBRYAN00:1:1:','card','user:U0SBRYAN00','{"ref": "SOW-1", "kind": "decider", "step": 1, "anew": false}','sent','2026-11-23 15:00:00.716082',1,'2026-11-22 07:01:48.503000','2026-11-22 06:59:48.503000',NULL,'2026-11-22 06:59:48.872000',NULL,'');
INSERT INTO "outbox" VALUES(5,'remind:SOW-1:1:1:U0SBRYAN00','remind','user:U0SBRYAN00','{"ref": "SOW-1", "step": 1, "nth": 1, "user": "U0SBRYAN00"}','due','2026-11-24 01:00:00.000000',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(6,'remind:SOW-1:1:2:U0SBRYAN00','remind','user:U0SBRYAN00','{"ref": "SOW-1", "step": 1, "nth": 2, "user": "U0SBRYAN00"}','due','2026-11-25 01:00:00.000000',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(7,'remind:SOW-1:1:3:U0SBRYAN00','remind','user:U0SBRYAN00','{"ref": "SOW-1", "step": 1, "nth": 3, "user": "U0SBRYAN00"}','due','2026-11-26 01:00:00.000000',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(8,'escalate:SOW-1:1:head_of_sales:20261127T1500','escalate','request:SOW-1','{"ref": "SOW-1", "step": 1, "role": "head_of_sales"}','due','2026-11-27 15:00:00.716082',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(9,'card:SOW-2:channel:sow-requests:0:1:','card','channel:sow-requests','{"ref": "SOW-2", "kind": "channel", "step": 0, "anew": false}','sent','2026-11-23 15:00:01.300782',1,'2026-11-22 07:01:49.052000','2026-11-22 06:59:49.052000',NULL,'2026-11-22 06:59:49.104000',NULL,'');
INSERT INTO "outbox" VALUES(10,'log:SOW-2:1:channel:sow-requests','log','channel:sow-requests','{"ref": "SOW-2", "entry": {"at": "2026-11-23T15:00:01.300782+00:00", "actor": "U0SBANA000", "action": "submit", "ref": "SOW-2", "before": "", "after": "acceptance", "version": 1, "surface": "modal", "detail": {"path": "submitted > executive_approval > acceptance", "rule executive_needed": "8,000.00 USD is below the threshold of 100,000.00 USD"}}}','sent','2026-11-23 15:00:01.300782',1,'2026-11-22 07:01:49.152000','2026-11-22 06:59:49.152000',NULL,'2026-11-22 06:59:49.171000',NULL,'');
INSERT INTO "outbox" VALUES(11,'card:SOW-2:user:U0SBANA000:0:1:','card','user:U0SBANA000','{"ref": "SOW-2", "kind": "asker", "step": 0, "anew": false}','sent','2026-11-23 15:00:01.300782',1,'2026-11-22 07:01:49.052000','2026-11-22 06:59:49.052000',NULL,'2026-11-22 06:59:49.108000',NULL,'');
INSERT INTO "outbox" VALUES(12,'card:SOW-2:user:U0SBDIAN00:1:1:','card','user:U0SBDIAN00','{"ref": "SOW-2", "kind": "decider", "step": 1, "anew": false}','sent','2026-11-23 15:00:01.300782',1,'2026-11-22 07:01:49.052000','2026-11-22 06:59:49.052000',NULL,'2026-11-22 06:59:49.156000',NULL,'');
INSERT INTO "outbox" VALUES(13,'remind:SOW-2:1:1:U0SBDIAN00','remind','user:U0SBDIAN00','{"ref": "SOW-2", "step": 1, "nth": 1, "user": "U0SBDIAN00"}','due','2026-11-24 15:00:01.300782',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(14,'remind:SOW-2:1:2:U0SBDIAN00','remind','user:U0SBDIAN00','{"ref": "SOW-2", "step": 1, "nth": 2, "user": "U0SBDIAN00"}','due','2026-11-25 15:00:01.300782',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(15,'remind:SOW-2:1:3:U0SBDIAN00','remind','user:U0SBDIAN00','{"ref": "SOW-2", "step": 1, "nth": 3, "user": "U0SBDIAN00"}','due','2026-11-27 15:00:01.300782',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(16,'escalate:SOW-2:1:head_of_sales:20261125T1500','escalate','request:SOW-2','{"ref": "SOW-2", "step": 1, "role": "head_of_sales"}','due','2026-11-25 15:00:01.300782',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(17,'card:SOW-2:channel:sow-requests:0:2:','card','channel:sow-requests','{"ref": "SOW-2", "kind": "channel", "step": 0, "anew": false}','sent','2026-11-23 15:00:01.619938',1,'2026-11-22 07:01:49.331000','2026-11-22 06:59:49.331000',NULL,'2026-11-22 06:59:49.423000',NULL,'');
INSERT INTO "outbox" VALUES(18,'card:SOW-2:user:U0SBANA000:0:2:','card','user:U0SBANA000','{"ref": "SOW-2", "kind": "asker", "step": 0, "anew": false}','sent','2026-11-23 15:00:01.619938',1,'2026-11-22 07:01:49.331000','2026-11-22 06:59:49.331000',NULL,'2026-11-22 06:59:49.432000',NULL,'');
INSERT INTO "outbox" VALUES(19,'card:SOW-2:user:U0SBDIAN00:1:2:','card','user:U0SBDIAN00','{"ref": "SOW-2", "kind": "decider", "step": 1, "anew": false}','sent','2026-11-23 15:00:01.619938',1,'2026-11-22 07:01:49.331000','2026-11-22 06:59:49.331000',NULL,'2026-11-22 06:59:49.439000',NULL,'');
INSERT INTO "outbox" VALUES(20,'log:SOW-2:2:channel:sow-requests','log','channel:sow-requests','{"ref": "SOW-2", "entry": {"at": "2026-11-23T15:00:01.619938+00:00", "actor": "U0SBDIAN00", "action": "mark_large_client", "ref": "SOW-2", "before": "acceptance", "after": "executive_approval", "version": 2, "surface": "modal", "detail": {"reason": "40 sites.", "path": "executive_approval", "rule executive_needed": "it is marked as a large client", "changed": "large_client: False -> True\nlarge_client_reason:  -> 40 sites."}}}','sent','2026-11-23 15:00:01.619938',1,'2026-11-22 07:01:49.463000','2026-11-22 06:59:49.463000',NULL,'2026-11-22 06:59:49.481000',NULL,'');
INSERT INTO "outbox" VALUES(21,'notice:SOW-2:2:mark_large_client:U0SBANA000','notice','user:U0SBANA000','{"ref": "SOW-2", "name": "mark_large_client", "entry": {"at": "2026-11-23T15:00:01.619938+00:00", "actor": "U0SBDIAN00", "action": "mark_large_client", "ref": "SOW-2", "before": "acceptance", "after": "executive_approval", "version": 2, "surface": "modal", "detail": {"reason": "40 sites.", "path": "executive_approval", "rule executive_needed": "it is marked as a large client", "changed": "large_client: False -> True\nlarge_client_reason:  -> 40 sites."}}}','sent','2026-11-23 15:00:01.619938',1,'2026-11-22 07:01:49.463000','2026-11-22 06:59:49.463000',NULL,'2026-11-22 06:59:49.487000',NULL,'');
INSERT INTO "outbox" VALUES(22,'card:SOW-2:user:U0SBRYAN00:2:2:','card','user:U0SBRYAN00','{"ref": "SOW-2", "kind": "decider", "step": 2, "anew": false}','sent','2026-11-23 15:00:01.619938',1,'2026-11-22 07:01:49.331000','2026-11-22 06:59:49.331000',NULL,'2026-11-22 06:59:49.443000',NULL,'');
INSERT INTO "outbox" VALUES(23,'remind:SOW-2:2:1:U0SBRYAN00','remind','user:U0SBRYAN00','{"ref": "SOW-2", "step": 2, "nth": 1, "user": "U0SBRYAN00"}','due','2026-11-24 01:00:00.000000',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(24,'remind:SOW-2:2:2:U0SBRYAN00','remind','user:U0SBRYAN00','{"ref": "SOW-2", "step": 2, "nth": 2, "user": "U0SBRYAN00"}','due','2026-11-25 01:00:00.000000',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(25,'remind:SOW-2:2:3:U0SBRYAN00','remind','user:U0SBRYAN00','{"ref": "SOW-2", "step": 2, "nth": 3, "user": "U0SBRYAN00"}','due','2026-11-26 01:00:00.000000',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(26,'escalate:SOW-2:2:head_of_sales:20261127T1500','escalate','request:SOW-2','{"ref": "SOW-2", "step": 2, "role": "head_of_sales"}','due','2026-11-27 15:00:01.619938',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(27,'card:SOW-2:channel:sow-requests:0:3:','card','channel:sow-requests','{"ref": "SOW-2", "kind": "channel", "step": 0, "anew": false}','sent','2026-11-23 15:00:01.821245',1,'2026-11-22 07:01:49.528000','2026-11-22 06:59:49.528000',NULL,'2026-11-22 06:59:49.617000',NULL,'');
INSERT INTO "outbox" VALUES(28,'card:SOW-2:user:U0SBANA000:0:3:','card','user:U0SBANA000','{"ref": "SOW-2", "kind": "asker", "step": 0, "anew": false}','sent','2026-11-23 15:00:01.821245',1,'2026-11-22 07:01:49.528000','2026-11-22 06:59:49.528000',NULL,'2026-11-22 06:59:49.619000',NULL,'');
INSERT INTO "outbox" VALUES(29,'card:SOW-2:user:U0SBDIAN00:1:3:','card','user:U0SBDIAN00','{"ref": "SOW-2", "kind": "decider", "step": 1, "anew": false}','sent','2026-11-23 15:00:01.821245',1,'2026-11-22 07:01:49.528000','2026-11-22 06:59:49.528000',NULL,'2026-11-22 06:59:49.642000',NULL,'');
INSERT INTO "outbox" VALUES(30,'card:SOW-2:user:U0SBRYAN00:2:3:','card','user:U0SBRYAN00','{"ref": "SOW-2", "kind": "decider", "step": 2, "anew": false}','sent','2026-11-23 15:00:01.821245',1,'2026-11-22 07:01:49.528000','2026-11-22 06:59:49.528000',NULL,'2026-11-22 06:59:49.645000',NULL,'');
INSERT INTO "outbox" VALUES(31,'log:SOW-2:3:channel:sow-requests','log','channel:sow-requests','{"ref": "SOW-2", "entry": {"at": "2026-11-23T15:00:01.821245+00:00", "actor": "U0SBDIAN00", "action": "propose_clearing", "ref": "SOW-2", "before": "executive_approval", "after": "large_client_check", "version": 3, "surface": "modal", "detail": {"reason": "Two sites only.", "path": "large_client_check"}}}','sent','2026-11-23 15:00:01.821245',1,'2026-11-22 07:01:49.659000','2026-11-22 06:59:49.659000',NULL,'2026-11-22 06:59:49.701000',NULL,'');
INSERT INTO "outbox" VALUES(32,'notice:SOW-2:3:propose_clearing:U0SBANA000','notice','user:U0SBANA000','{"ref": "SOW-2", "name": "propose_clearing", "entry": {"at": "2026-11-23T15:00:01.821245+00:00", "actor": "U0SBDIAN00", "action": "propose_clearing", "ref": "SOW-2", "before": "executive_approval", "after": "large_client_check", "version": 3, "surface": "modal", "detail": {"reason": "Two sites only.", "path": "large_client_check"}}}','sent','2026-11-23 15:00:01.821245',1,'2026-11-22 07:01:49.659000','2026-11-22 06:59:49.659000',NULL,'2026-11-22 06:59:49.723000',NULL,'');
INSERT INTO "outbox" VALUES(33,'card:SOW-2:user:U0SBRYAN00:3:3:','card','user:U0SBRYAN00','{"ref": "SOW-2", "kind": "decider", "step": 3, "anew": false}','sent','2026-11-23 15:00:01.821245',1,'2026-11-22 07:01:49.659000','2026-11-22 06:59:49.659000',NULL,'2026-11-22 06:59:49.786000',NULL,'');
INSERT INTO "outbox" VALUES(34,'remind:SOW-2:3:1:U0SBRYAN00','remind','user:U0SBRYAN00','{"ref": "SOW-2", "step": 3, "nth": 1, "user": "U0SBRYAN00"}','due','2026-11-24 01:00:00.000000',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(35,'remind:SOW-2:3:2:U0SBRYAN00','remind','user:U0SBRYAN00','{"ref": "SOW-2", "step": 3, "nth": 2, "user": "U0SBRYAN00"}','due','2026-11-25 01:00:00.000000',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(36,'remind:SOW-2:3:3:U0SBRYAN00','remind','user:U0SBRYAN00','{"ref": "SOW-2", "step": 3, "nth": 3, "user": "U0SBRYAN00"}','due','2026-11-26 01:00:00.000000',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(37,'escalate:SOW-2:3:head_of_sales:20261127T1500','escalate','request:SOW-2','{"ref": "SOW-2", "step": 3, "role": "head_of_sales"}','due','2026-11-27 15:00:01.821245',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(38,'card:SOW-3:channel:sow-requests:0:1:','card','channel:sow-requests','{"ref": "SOW-3", "kind": "channel", "step": 0, "anew": false}','sent','2026-11-23 15:00:02.122020',1,'2026-11-22 07:01:49.870000','2026-11-22 06:59:49.870000',NULL,'2026-11-22 06:59:49.943000',NULL,'');
INSERT INTO "outbox" VALUES(39,'log:SOW-3:1:channel:sow-requests','log','channel:sow-requests','{"ref": "SOW-3", "entry": {"at": "2026-11-23T15:00:02.122020+00:00", "actor": "U0SBANA000", "action": "submit", "ref": "SOW-3", "before": "", "after": "acceptance", "version": 1, "surface": "modal", "detail": {"path": "submitted > executive_approval > acceptance", "rule executive_needed": "8,000.00 USD is below the threshold of 100,000.00 USD"}}}','sent','2026-11-23 15:00:02.122020',1,'2026-11-22 07:01:49.976000','2026-11-22 06:59:49.976000',NULL,'2026-11-22 06:59:50.042000',NULL,'');
INSERT INTO "outbox" VALUES(40,'card:SOW-3:user:U0SBANA000:0:1:','card','user:U0SBANA000','{"ref": "SOW-3", "kind": "asker", "step": 0, "anew": false}','sent','2026-11-23 15:00:02.122020',1,'2026-11-22 07:01:49.870000','2026-11-22 06:59:49.870000',NULL,'2026-11-22 06:59:50.013000',NULL,'');
INSERT INTO "outbox" VALUES(41,'card:SOW-3:user:U0SBDIAN00:1:1:','card','user:U0SBDIAN00','{"ref": "SOW-3", "kind": "decider", "step": 1, "anew": false}','sent','2026-11-23 15:00:02.122020',1,'2026-11-22 07:01:49.870000','2026-11-22 06:59:49.870000',NULL,'2026-11-22 06:59:50.028000',NULL,'');
INSERT INTO "outbox" VALUES(42,'remind:SOW-3:1:1:U0SBDIAN00','remind','user:U0SBDIAN00','{"ref": "SOW-3", "step": 1, "nth": 1, "user": "U0SBDIAN00"}','due','2026-11-24 15:00:02.122020',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(43,'remind:SOW-3:1:2:U0SBDIAN00','remind','user:U0SBDIAN00','{"ref": "SOW-3", "step": 1, "nth": 2, "user": "U0SBDIAN00"}','due','2026-11-25 15:00:02.122020',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(44,'remind:SOW-3:1:3:U0SBDIAN00','remind','user:U0SBDIAN00','{"ref": "SOW-3", "step": 1, "nth": 3, "user": "U0SBDIAN00"}','due','2026-11-27 15:00:02.122020',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(45,'escalate:SOW-3:1:head_of_sales:20261125T1500','escalate','request:SOW-3','{"ref": "SOW-3", "step": 1, "role": "head_of_sales"}','due','2026-11-25 15:00:02.122020',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(46,'card:SOW-4:channel:sow-requests:0:1:','card','channel:sow-requests','{"ref": "SOW-4", "kind": "channel", "step": 0, "anew": false}','sent','2026-11-23 15:00:02.433787',1,'2026-11-22 07:01:50.157000','2026-11-22 06:59:50.157000',NULL,'2026-11-22 06:59:50.284000',NULL,'');
INSERT INTO "outbox" VALUES(47,'log:SOW-4:1:channel:sow-requests','log','channel:sow-requests','{"ref": "SOW-4", "entry": {"at": "2026-11-23T15:00:02.433787+00:00", "actor": "U0SBANA000", "action": "submit", "ref": "SOW-4", "before": "", "after": "acceptance", "version": 1, "surface": "modal", "detail": {"path": "submitted > executive_approval > acceptance", "rule executive_needed": "8,000.00 USD is below the threshold of 100,000.00 USD"}}}','sent','2026-11-23 15:00:02.433787',1,'2026-11-22 07:01:50.375000','2026-11-22 06:59:50.375000',NULL,'2026-11-22 06:59:50.396000',NULL,'');
INSERT INTO "outbox" VALUES(48,'card:SOW-4:user:U0SBANA000:0:1:','card','user:U0SBANA000','{"ref": "SOW-4", "kind": "asker", "step": 0, "anew": false}','sent','2026-11-23 15:00:02.433787',1,'2026-11-22 07:01:50.157000','2026-11-22 06:59:50.157000',NULL,'2026-11-22 06:59:50.341000',NULL,'');
INSERT INTO "outbox" VALUES(49,'card:SOW-4:user:U0SBDIAN00:1:1:','card','user:U0SBDIAN00','{"ref": "SOW-4", "kind": "decider", "step": 1, "anew": false}','sent','2026-11-23 15:00:02.433787',1,'2026-11-22 07:01:50.157000','2026-11-22 06:59:50.157000',NULL,'2026-11-22 06:59:50.389000',NULL,'');
INSERT INTO "outbox" VALUES(50,'remind:SOW-4:1:1:U0SBDIAN00','remind','user:U0SBDIAN00','{"ref": "SOW-4", "step": 1, "nth": 1, "user": "U0SBDIAN00"}','due','2026-11-24 15:00:02.433787',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(51,'remind:SOW-4:1:2:U0SBDIAN00','remind','user:U0SBDIAN00','{"ref": "SOW-4", "step": 1, "nth": 2, "user": "U0SBDIAN00"}','due','2026-11-25 15:00:02.433787',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(52,'remind:SOW-4:1:3:U0SBDIAN00','remind','user:U0SBDIAN00','{"ref": "SOW-4", "step": 1, "nth": 3, "user": "U0SBDIAN00"}','due','2026-11-27 15:00:02.433787',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(53,'escalate:SOW-4:1:head_of_sales:20261125T1500','escalate','request:SOW-4','{"ref": "SOW-4", "step": 1, "role": "head_of_sales"}','due','2026-11-25 15:00:02.433787',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(54,'card:SOW-4:channel:sow-requests:0:2:','card','channel:sow-requests','{"ref": "SOW-4", "kind": "channel", "step": 0, "anew": false}','sent','2026-11-23 15:00:02.821274',1,'2026-11-22 07:01:50.544000','2026-11-22 06:59:50.544000',NULL,'2026-11-22 06:59:50.614000',NULL,'');
INSERT INTO "outbox" VALUES(55,'card:SOW-4:user:U0SBANA000:0:2:','card','user:U0SBANA000','{"ref": "SOW-4", "kind": "asker", "step": 0, "anew": false}','sent','2026-11-23 15:00:02.821274',1,'2026-11-22 07:01:50.544000','2026-11-22 06:59:50.544000',NULL,'2026-11-22 06:59:50.615000',NULL,'');
INSERT INTO "outbox" VALUES(56,'card:SOW-4:user:U0SBDIAN00:1:2:','card','user:U0SBDIAN00','{"ref": "SOW-4", "kind": "decider", "step": 1, "anew": false}','sent','2026-11-23 15:00:02.821274',1,'2026-11-22 07:01:50.544000','2026-11-22 06:59:50.544000',NULL,'2026-11-22 06:59:50.654000',NULL,'');
INSERT INTO "outbox" VALUES(57,'log:SOW-4:2:channel:sow-requests','log','channel:sow-requests','{"ref": "SOW-4", "entry": {"at": "2026-11-23T15:00:02.821274+00:00", "actor": "U0SBDIAN00", "action": "request_changes", "ref": "SOW-4", "before": "acceptance", "after": "changes_requested", "version": 2, "surface": "modal", "detail": {"reason": "Say more of the scope.", "path": "changes_requested"}}}','sent','2026-11-23 15:00:02.821274',1,'2026-11-22 07:01:50.634000','2026-11-22 06:59:50.634000',NULL,'2026-11-22 06:59:50.724000',NULL,'');
INSERT INTO "outbox" VALUES(58,'notice:SOW-4:2:request_changes:U0SBANA000','notice','user:U0SBANA000','{"ref": "SOW-4", "name": "request_changes", "entry": {"at": "2026-11-23T15:00:02.821274+00:00", "actor": "U0SBDIAN00", "action": "request_changes", "ref": "SOW-4", "before": "acceptance", "after": "changes_requested", "version": 2, "surface": "modal", "detail": {"reason": "Say more of the scope.", "path": "changes_requested"}}}','sent','2026-11-23 15:00:02.821274',1,'2026-11-22 07:01:50.634000','2026-11-22 06:59:50.634000',NULL,'2026-11-22 06:59:50.732000',NULL,'');
INSERT INTO "outbox" VALUES(59,'remind:SOW-4:2:1:U0SBANA000','remind','user:U0SBANA000','{"ref": "SOW-4", "step": 2, "nth": 1, "user": "U0SBANA000"}','due','2026-11-25 15:00:02.821274',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(60,'remind:SOW-4:2:2:U0SBANA000','remind','user:U0SBANA000','{"ref": "SOW-4", "step": 2, "nth": 2, "user": "U0SBANA000"}','due','2026-11-30 15:00:02.821274',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(61,'card:SOW-5:channel:sow-requests:0:1:','card','channel:sow-requests','{"ref": "SOW-5", "kind": "channel", "step": 0, "anew": false}','sent','2026-11-23 15:00:03.227633',1,'2026-11-22 07:01:50.932000','2026-11-22 06:59:50.932000',NULL,'2026-11-22 06:59:50.971000',NULL,'');
INSERT INTO "outbox" VALUES(62,'log:SOW-5:1:channel:sow-requests','log','channel:sow-requests','{"ref": "SOW-5", "entry": {"at": "2026-11-23T15:00:03.227633+00:00", "actor": "U0SBANA000", "action": "submit", "ref": "SOW-5", "before": "", "after": "acceptance", "version": 1, "surface": "modal", "detail": {"path": "submitted > executive_approval > acceptance", "rule executive_needed": "8,000.00 USD is below the threshold of 100,000.00 USD"}}}','sent','2026-11-23 15:00:03.227633',1,'2026-11-22 07:01:50.987000','2026-11-22 06:59:50.987000',NULL,'2026-11-22 06:59:51.004000',NULL,'');
INSERT INTO "outbox" VALUES(63,'card:SOW-5:user:U0SBANA000:0:1:','card','user:U0SBANA000','{"ref": "SOW-5", "kind": "asker", "step": 0, "anew": false}','sent','2026-11-23 15:00:03.227633',1,'2026-11-22 07:01:50.932000','2026-11-22 06:59:50.932000',NULL,'2026-11-22 06:59:50.972000',NULL,'');
INSERT INTO "outbox" VALUES(64,'card:SOW-5:user:U0SBDIAN00:1:1:','card','user:U0SBDIAN00','{"ref": "SOW-5", "kind": "decider", "step": 1, "anew": false}','sent','2026-11-23 15:00:03.227633',1,'2026-11-22 07:01:50.932000','2026-11-22 06:59:50.932000',NULL,'2026-11-22 06:59:50.975000',NULL,'');
INSERT INTO "outbox" VALUES(65,'remind:SOW-5:1:1:U0SBDIAN00','remind','user:U0SBDIAN00','{"ref": "SOW-5", "step": 1, "nth": 1, "user": "U0SBDIAN00"}','due','2026-11-24 15:00:03.227633',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(66,'remind:SOW-5:1:2:U0SBDIAN00','remind','user:U0SBDIAN00','{"ref": "SOW-5", "step": 1, "nth": 2, "user": "U0SBDIAN00"}','due','2026-11-25 15:00:03.227633',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(67,'remind:SOW-5:1:3:U0SBDIAN00','remind','user:U0SBDIAN00','{"ref": "SOW-5", "step": 1, "nth": 3, "user": "U0SBDIAN00"}','due','2026-11-27 15:00:03.227633',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(68,'escalate:SOW-5:1:head_of_sales:20261125T1500','escalate','request:SOW-5','{"ref": "SOW-5", "step": 1, "role": "head_of_sales"}','due','2026-11-25 15:00:03.227633',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(69,'card:SOW-5:channel:sow-requests:0:2:','card','channel:sow-requests','{"ref": "SOW-5", "kind": "channel", "step": 0, "anew": false}','sent','2026-11-23 15:00:03.333697',1,'2026-11-22 07:01:51.052000','2026-11-22 06:59:51.052000',NULL,'2026-11-22 06:59:51.179000',NULL,'');
INSERT INTO "outbox" VALUES(70,'card:SOW-5:user:U0SBANA000:0:2:','card','user:U0SBANA000','{"ref": "SOW-5", "kind": "asker", "step": 0, "anew": false}','sent','2026-11-23 15:00:03.333697',1,'2026-11-22 07:01:51.052000','2026-11-22 06:59:51.052000',NULL,'2026-11-22 06:59:51.186000',NULL,'');
INSERT INTO "outbox" VALUES(71,'card:SOW-5:user:U0SBDIAN00:1:2:','card','user:U0SBDIAN00','{"ref": "SOW-5", "kind": "decider", "step": 1, "anew": false}','sent','2026-11-23 15:00:03.333697',1,'2026-11-22 07:01:51.052000','2026-11-22 06:59:51.052000',NULL,'2026-11-22 06:59:51.218000',NULL,'');
INSERT INTO "outbox" VALUES(72,'log:SOW-5:2:channel:sow-requests','log','channel:sow-requests','{"ref": "SOW-5", "entry": {"at": "2026-11-23T15:00:03.333697+00:00", "actor": "U0SBDIAN00", "action": "accept", "ref": "SOW-5", "before": "acceptance", "after": "drafting", "version": 2, "surface": "button", "detail": {"path": "drafting", "owner": "U0SBDIAN00"}}}','sent','2026-11-23 15:00:03.333697',1,'2026-11-22 07:01:51.236000','2026-11-22 06:59:51.236000',NULL,'2026-11-22 06:59:51.364000',NULL,'');
INSERT INTO "outbox" VALUES(73,'notice:SOW-5:2:accept:U0SBANA000','notice','user:U0SBANA000','{"ref": "SOW-5", "name": "accept", "entry": {"at": "2026-11-23T15:00:03.333697+00:00", "actor": "U0SBDIAN00", "action": "accept", "ref": "SOW-5", "before": "acceptance", "after": "drafting", "version": 2, "surface": "button", "detail": {"path": "drafting", "owner": "U0SBDIAN00"}}}','sent','2026-11-23 15:00:03.333697',1,'2026-11-22 07:01:51.236000','2026-11-22 06:59:51.236000',NULL,'2026-11-22 06:59:51.353000',NULL,'');
INSERT INTO "outbox" VALUES(74,'card:SOW-5:user:U0SBDIAN00:2:2:','card','user:U0SBDIAN00','{"ref": "SOW-5", "kind": "decider", "step": 2, "anew": false}','sent','2026-11-23 15:00:03.333697',1,'2026-11-22 07:01:51.236000','2026-11-22 06:59:51.236000',NULL,'2026-11-22 06:59:51.417000',NULL,'');
INSERT INTO "outbox" VALUES(75,'card:SOW-6:channel:sow-requests:0:1:','card','channel:sow-requests','{"ref": "SOW-6", "kind": "channel", "step": 0, "anew": false}','sent','2026-11-23 15:00:03.759675',1,'2026-11-22 07:01:51.481000','2026-11-22 06:59:51.481000',NULL,'2026-11-22 06:59:51.604000',NULL,'');
INSERT INTO "outbox" VALUES(76,'log:SOW-6:1:channel:sow-requests','log','channel:sow-requests','{"ref": "SOW-6", "entry": {"at": "2026-11-23T15:00:03.759675+00:00", "actor": "U0SBANA000", "action": "submit", "ref": "SOW-6", "before": "", "after": "acceptance", "version": 1, "surface": "modal", "detail": {"path": "submitted > executive_approval > acceptance", "rule executive_needed": "8,000.00 USD is below the threshold of 100,000.00 USD"}}}','sent','2026-11-23 15:00:03.759675',1,'2026-11-22 07:01:51.637000','2026-11-22 06:59:51.637000',NULL,'2026-11-22 06:59:51.676000',NULL,'');
INSERT INTO "outbox" VALUES(77,'card:SOW-6:user:U0SBANA000:0:1:','card','user:U0SBANA000','{"ref": "SOW-6", "kind": "asker", "step": 0, "anew": false}','sent','2026-11-23 15:00:03.759675',1,'2026-11-22 07:01:51.481000','2026-11-22 06:59:51.481000',NULL,'2026-11-22 06:59:51.598000',NULL,'');
INSERT INTO "outbox" VALUES(78,'card:SOW-6:user:U0SBDIAN00:1:1:','card','user:U0SBDIAN00','{"ref": "SOW-6", "kind": "decider", "step": 1, "anew": false}','sent','2026-11-23 15:00:03.759675',1,'2026-11-22 07:01:51.481000','2026-11-22 06:59:51.481000',NULL,'2026-11-22 06:59:51.605000',NULL,'');
INSERT INTO "outbox" VALUES(79,'remind:SOW-6:1:1:U0SBDIAN00','remind','user:U0SBDIAN00','{"ref": "SOW-6", "step": 1, "nth": 1, "user": "U0SBDIAN00"}','due','2026-11-24 15:00:03.759675',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(80,'remind:SOW-6:1:2:U0SBDIAN00','remind','user:U0SBDIAN00','{"ref": "SOW-6", "step": 1, "nth": 2, "user": "U0SBDIAN00"}','due','2026-11-25 15:00:03.759675',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(81,'remind:SOW-6:1:3:U0SBDIAN00','remind','user:U0SBDIAN00','{"ref": "SOW-6", "step": 1, "nth": 3, "user": "U0SBDIAN00"}','due','2026-11-27 15:00:03.759675',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(82,'escalate:SOW-6:1:head_of_sales:20261125T1500','escalate','request:SOW-6','{"ref": "SOW-6", "step": 1, "role": "head_of_sales"}','due','2026-11-25 15:00:03.759675',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(83,'card:SOW-6:channel:sow-requests:0:2:','card','channel:sow-requests','{"ref": "SOW-6", "kind": "channel", "step": 0, "anew": false}','sent','2026-11-23 15:00:04.112399',1,'2026-11-22 07:01:51.829000','2026-11-22 06:59:51.829000',NULL,'2026-11-22 06:59:51.934000',NULL,'');
INSERT INTO "outbox" VALUES(84,'card:SOW-6:user:U0SBANA000:0:2:','card','user:U0SBANA000','{"ref": "SOW-6", "kind": "asker", "step": 0, "anew": false}','sent','2026-11-23 15:00:04.112399',1,'2026-11-22 07:01:51.829000','2026-11-22 06:59:51.829000',NULL,'2026-11-22 06:59:51.944000',NULL,'');
INSERT INTO "outbox" VALUES(85,'card:SOW-6:user:U0SBDIAN00:1:2:','card','user:U0SBDIAN00','{"ref": "SOW-6", "kind": "decider", "step": 1, "anew": false}','sent','2026-11-23 15:00:04.112399',1,'2026-11-22 07:01:51.829000','2026-11-22 06:59:51.829000',NULL,'2026-11-22 06:59:51.952000',NULL,'');
INSERT INTO "outbox" VALUES(86,'log:SOW-6:2:channel:sow-requests','log','channel:sow-requests','{"ref": "SOW-6", "entry": {"at": "2026-11-23T15:00:04.112399+00:00", "actor": "U0SBDIAN00", "action": "reject", "ref": "SOW-6", "before": "acceptance", "after": "rejected", "version": 2, "surface": "modal", "detail": {"reason": "We do not do that.", "path": "rejected"}}}','sent','2026-11-23 15:00:04.112399',1,'2026-11-22 07:01:51.973000','2026-11-22 06:59:51.973000',NULL,'2026-11-22 06:59:52.073000',NULL,'');
INSERT INTO "outbox" VALUES(87,'notice:SOW-6:2:reject:U0SBANA000','notice','user:U0SBANA000','{"ref": "SOW-6", "name": "reject", "entry": {"at": "2026-11-23T15:00:04.112399+00:00", "actor": "U0SBDIAN00", "action": "reject", "ref": "SOW-6", "before": "acceptance", "after": "rejected", "version": 2, "surface": "modal", "detail": {"reason": "We do not do that.", "path": "rejected"}}}','sent','2026-11-23 15:00:04.112399',1,'2026-11-22 07:01:51.973000','2026-11-22 06:59:51.973000',NULL,'2026-11-22 06:59:52.030000',NULL,'');
INSERT INTO "outbox" VALUES(88,'card:SOW-7:channel:sow-requests:0:1:','card','channel:sow-requests','{"ref": "SOW-7", "kind": "channel", "step": 0, "anew": false}','sent','2026-11-23 15:00:04.511642',1,'2026-11-22 07:01:52.231000','2026-11-22 06:59:52.231000',NULL,'2026-11-22 06:59:52.407000',NULL,'');
INSERT INTO "outbox" VALUES(89,'log:SOW-7:1:channel:sow-requests','log','channel:sow-requests','{"ref": "SOW-7", "entry": {"at": "2026-11-23T15:00:04.511642+00:00", "actor": "U0SBANA000", "action": "submit", "ref": "SOW-7", "before": "", "after": "acceptance", "version": 1, "surface": "modal", "detail": {"path": "submitted > executive_approval > acceptance", "rule executive_needed": "8,000.00 USD is below the threshold of 100,000.00 USD"}}}','sent','2026-11-23 15:00:04.511642',1,'2026-11-22 07:01:52.434000','2026-11-22 06:59:52.434000',NULL,'2026-11-22 06:59:52.448000',NULL,'');
INSERT INTO "outbox" VALUES(90,'card:SOW-7:user:U0SBANA000:0:1:','card','user:U0SBANA000','{"ref": "SOW-7", "kind": "asker", "step": 0, "anew": false}','sent','2026-11-23 15:00:04.511642',1,'2026-11-22 07:01:52.231000','2026-11-22 06:59:52.231000',NULL,'2026-11-22 06:59:52.423000',NULL,'');
INSERT INTO "outbox" VALUES(91,'card:SOW-7:user:U0SBDIAN00:1:1:','card','user:U0SBDIAN00','{"ref": "SOW-7", "kind": "decider", "step": 1, "anew": false}','sent','2026-11-23 15:00:04.511642',1,'2026-11-22 07:01:52.231000','2026-11-22 06:59:52.231000',NULL,'2026-11-22 06:59:52.425000',NULL,'');
INSERT INTO "outbox" VALUES(92,'remind:SOW-7:1:1:U0SBDIAN00','remind','user:U0SBDIAN00','{"ref": "SOW-7", "step": 1, "nth": 1, "user": "U0SBDIAN00"}','due','2026-11-24 15:00:04.511642',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(93,'remind:SOW-7:1:2:U0SBDIAN00','remind','user:U0SBDIAN00','{"ref": "SOW-7", "step": 1, "nth": 2, "user": "U0SBDIAN00"}','due','2026-11-25 15:00:04.511642',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(94,'remind:SOW-7:1:3:U0SBDIAN00','remind','user:U0SBDIAN00','{"ref": "SOW-7", "step": 1, "nth": 3, "user": "U0SBDIAN00"}','due','2026-11-27 15:00:04.511642',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(95,'escalate:SOW-7:1:head_of_sales:20261125T1500','escalate','request:SOW-7','{"ref": "SOW-7", "step": 1, "role": "head_of_sales"}','due','2026-11-25 15:00:04.511642',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(96,'card:SOW-7:channel:sow-requests:0:2:','card','channel:sow-requests','{"ref": "SOW-7", "kind": "channel", "step": 0, "anew": false}','sent','2026-11-23 15:00:04.897935',1,'2026-11-22 07:01:52.632000','2026-11-22 06:59:52.632000',NULL,'2026-11-22 06:59:52.819000',NULL,'');
INSERT INTO "outbox" VALUES(97,'card:SOW-7:user:U0SBANA000:0:2:','card','user:U0SBANA000','{"ref": "SOW-7", "kind": "asker", "step": 0, "anew": false}','sent','2026-11-23 15:00:04.897935',1,'2026-11-22 07:01:52.632000','2026-11-22 06:59:52.632000',NULL,'2026-11-22 06:59:52.845000',NULL,'');
INSERT INTO "outbox" VALUES(98,'card:SOW-7:user:U0SBDIAN00:1:2:','card','user:U0SBDIAN00','{"ref": "SOW-7", "kind": "decider", "step": 1, "anew": false}','sent','2026-11-23 15:00:04.897935',1,'2026-11-22 07:01:52.632000','2026-11-22 06:59:52.632000',NULL,'2026-11-22 06:59:52.852000',NULL,'');
INSERT INTO "outbox" VALUES(99,'log:SOW-7:2:channel:sow-requests','log','channel:sow-requests','{"ref": "SOW-7", "entry": {"at": "2026-11-23T15:00:04.897935+00:00", "actor": "U0SBANA000", "action": "cancel", "ref": "SOW-7", "before": "acceptance", "after": "cancelled", "version": 2, "surface": "modal", "detail": {"reason": "They went elsewhere.", "path": "cancelled"}}}','sent','2026-11-23 15:00:04.897935',1,'2026-11-22 07:01:52.873000','2026-11-22 06:59:52.873000',NULL,'2026-11-22 06:59:52.985000',NULL,'');
INSERT INTO "outbox" VALUES(100,'notice:SOW-7:2:cancel:U0SBDIAN00','notice','user:U0SBDIAN00','{"ref": "SOW-7", "name": "cancel", "entry": {"at": "2026-11-23T15:00:04.897935+00:00", "actor": "U0SBANA000", "action": "cancel", "ref": "SOW-7", "before": "acceptance", "after": "cancelled", "version": 2, "surface": "modal", "detail": {"reason": "They went elsewhere.", "path": "cancelled"}}}','sent','2026-11-23 15:00:04.897935',1,'2026-11-22 07:01:52.873000','2026-11-22 06:59:52.873000',NULL,'2026-11-22 06:59:53.008000',NULL,'');
INSERT INTO "outbox" VALUES(101,'card:ASSET-1:channel:asset-requests:0:1:','card','channel:asset-requests','{"ref": "ASSET-1", "kind": "channel", "step": 0, "anew": false}','sent','2026-11-23 15:00:05.379589',1,'2026-11-22 07:01:53.180000','2026-11-22 06:59:53.180000',NULL,'2026-11-22 06:59:53.344000',NULL,'');
INSERT INTO "outbox" VALUES(102,'log:ASSET-1:1:channel:asset-requests','log','channel:asset-requests','{"ref": "ASSET-1", "entry": {"at": "2026-11-23T15:00:05.379589+00:00", "actor": "U0SBBEN000", "action": "submit", "ref": "ASSET-1", "before": "", "after": "submitted", "version": 1, "surface": "modal", "detail": {"path": "submitted"}}}','sent','2026-11-23 15:00:05.379589',1,'2026-11-22 07:01:53.439000','2026-11-22 06:59:53.439000',NULL,'2026-11-22 06:59:53.529000',NULL,'');
INSERT INTO "outbox" VALUES(103,'card:ASSET-1:user:U0SBBEN000:0:1:','card','user:U0SBBEN000','{"ref": "ASSET-1", "kind": "asker", "step": 0, "anew": false}','sent','2026-11-23 15:00:05.379589',1,'2026-11-22 07:01:53.180000','2026-11-22 06:59:53.180000',NULL,'2026-11-22 06:59:53.372000',NULL,'');
INSERT INTO "outbox" VALUES(104,'card:ASSET-1:user:U0SBHANA00:1:1:','card','user:U0SBHANA00','{"ref": "ASSET-1", "kind": "decider", "step": 1, "anew": false}','sent','2026-11-23 15:00:05.379589',1,'2026-11-22 07:01:53.180000','2026-11-22 06:59:53.180000',NULL,'2026-11-22 06:59:53.393000',NULL,'');
INSERT INTO "outbox" VALUES(105,'card:ASSET-1:user:U0SBMIA000:1:1:','card','user:U0SBMIA000','{"ref": "ASSET-1", "kind": "decider", "step": 1, "anew": false}','sent','2026-11-23 15:00:05.379589',1,'2026-11-22 07:01:53.180000','2026-11-22 06:59:53.180000',NULL,'2026-11-22 06:59:53.396000',NULL,'');
INSERT INTO "outbox" VALUES(106,'card:ASSET-1:user:U0SBSOL000:1:1:','card','user:U0SBSOL000','{"ref": "ASSET-1", "kind": "decider", "step": 1, "anew": false}','sent','2026-11-23 15:00:05.379589',1,'2026-11-22 07:01:53.180000','2026-11-22 06:59:53.180000',NULL,'2026-11-22 06:59:53.427000',NULL,'');
INSERT INTO "outbox" VALUES(107,'remind:ASSET-1:1:1:U0SBHANA00','remind','user:U0SBHANA00','{"ref": "ASSET-1", "step": 1, "nth": 1, "user": "U0SBHANA00"}','due','2026-11-25 15:00:05.379589',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(108,'remind:ASSET-1:1:1:U0SBMIA000','remind','user:U0SBMIA000','{"ref": "ASSET-1", "step": 1, "nth": 1, "user": "U0SBMIA000"}','due','2026-11-25 15:00:05.379589',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(109,'remind:ASSET-1:1:1:U0SBSOL000','remind','user:U0SBSOL000','{"ref": "ASSET-1", "step": 1, "nth": 1, "user": "U0SBSOL000"}','due','2026-11-25 15:00:05.379589',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(110,'remind:ASSET-1:1:2:U0SBHANA00','remind','user:U0SBHANA00','{"ref": "ASSET-1", "step": 1, "nth": 2, "user": "U0SBHANA00"}','due','2026-11-30 15:00:05.379589',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(111,'remind:ASSET-1:1:2:U0SBMIA000','remind','user:U0SBMIA000','{"ref": "ASSET-1", "step": 1, "nth": 2, "user": "U0SBMIA000"}','due','2026-11-30 15:00:05.379589',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(112,'remind:ASSET-1:1:2:U0SBSOL000','remind','user:U0SBSOL000','{"ref": "ASSET-1", "step": 1, "nth": 2, "user": "U0SBSOL000"}','due','2026-11-30 15:00:05.379589',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(113,'escalate:ASSET-1:1:head_of_marketing:20261201T1500','escalate','request:ASSET-1','{"ref": "ASSET-1", "step": 1, "role": "head_of_marketing"}','due','2026-12-01 15:00:05.379589',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(114,'card:ASSET-2:channel:asset-requests:0:1:','card','channel:asset-requests','{"ref": "ASSET-2", "kind": "channel", "step": 0, "anew": false}','sent','2026-11-23 15:00:05.920882',1,'2026-11-22 07:01:53.631000','2026-11-22 06:59:53.631000',NULL,'2026-11-22 06:59:53.762000',NULL,'');
INSERT INTO "outbox" VALUES(115,'log:ASSET-2:1:channel:asset-requests','log','channel:asset-requests','{"ref": "ASSET-2", "entry": {"at": "2026-11-23T15:00:05.920882+00:00", "actor": "U0SBBEN000", "action": "submit", "ref": "ASSET-2", "before": "", "after": "submitted", "version": 1, "surface": "modal", "detail": {"path": "submitted"}}}','sent','2026-11-23 15:00:05.920882',1,'2026-11-22 07:01:53.778000','2026-11-22 06:59:53.778000',NULL,'2026-11-22 06:59:53.822000',NULL,'');
INSERT INTO "outbox" VALUES(116,'card:ASSET-2:user:U0SBBEN000:0:1:','card','user:U0SBBEN000','{"ref": "ASSET-2", "kind": "asker", "step": 0, "anew": false}','sent','2026-11-23 15:00:05.920882',1,'2026-11-22 07:01:53.631000','2026-11-22 06:59:53.631000',NULL,'2026-11-22 06:59:53.767000',NULL,'');
INSERT INTO "outbox" VALUES(117,'card:ASSET-2:user:U0SBHANA00:1:1:','card','user:U0SBHANA00','{"ref": "ASSET-2", "kind": "decider", "step": 1, "anew": false}','sent','2026-11-23 15:00:05.920882',1,'2026-11-22 07:01:53.631000','2026-11-22 06:59:53.631000',NULL,'2026-11-22 06:59:53.768000',NULL,'');
INSERT INTO "outbox" VALUES(118,'card:ASSET-2:user:U0SBMIA000:1:1:','card','user:U0SBMIA000','{"ref": "ASSET-2", "kind": "decider", "step": 1, "anew": false}','sent','2026-11-23 15:00:05.920882',1,'2026-11-22 07:01:53.631000','2026-11-22 06:59:53.631000',NULL,'2026-11-22 06:59:53.769000',NULL,'');
INSERT INTO "outbox" VALUES(119,'card:ASSET-2:user:U0SBSOL000:1:1:','card','user:U0SBSOL000','{"ref": "ASSET-2", "kind": "decider", "step": 1, "anew": false}','sent','2026-11-23 15:00:05.920882',1,'2026-11-22 07:01:53.631000','2026-11-22 06:59:53.631000',NULL,'2026-11-22 06:59:53.792000',NULL,'');
INSERT INTO "outbox" VALUES(120,'remind:ASSET-2:1:1:U0SBHANA00','remind','user:U0SBHANA00','{"ref": "ASSET-2", "step": 1, "nth": 1, "user": "U0SBHANA00"}','due','2026-11-25 15:00:05.920882',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(121,'remind:ASSET-2:1:1:U0SBMIA000','remind','user:U0SBMIA000','{"ref": "ASSET-2", "step": 1, "nth": 1, "user": "U0SBMIA000"}','due','2026-11-25 15:00:05.920882',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(122,'remind:ASSET-2:1:1:U0SBSOL000','remind','user:U0SBSOL000','{"ref": "ASSET-2", "step": 1, "nth": 1, "user": "U0SBSOL000"}','due','2026-11-25 15:00:05.920882',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(123,'remind:ASSET-2:1:2:U0SBHANA00','remind','user:U0SBHANA00','{"ref": "ASSET-2", "step": 1, "nth": 2, "user": "U0SBHANA00"}','due','2026-11-30 15:00:05.920882',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(124,'remind:ASSET-2:1:2:U0SBMIA000','remind','user:U0SBMIA000','{"ref": "ASSET-2", "step": 1, "nth": 2, "user": "U0SBMIA000"}','due','2026-11-30 15:00:05.920882',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(125,'remind:ASSET-2:1:2:U0SBSOL000','remind','user:U0SBSOL000','{"ref": "ASSET-2", "step": 1, "nth": 2, "user": "U0SBSOL000"}','due','2026-11-30 15:00:05.920882',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(126,'escalate:ASSET-2:1:head_of_marketing:20261201T1500','escalate','request:ASSET-2','{"ref": "ASSET-2", "step": 1, "role": "head_of_marketing"}','due','2026-12-01 15:00:05.920882',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(127,'card:ASSET-3:channel:asset-requests:0:1:','card','channel:asset-requests','{"ref": "ASSET-3", "kind": "channel", "step": 0, "anew": false}','sent','2026-11-23 15:00:06.145547',1,'2026-11-22 07:01:53.857000','2026-11-22 06:59:53.857000',NULL,'2026-11-22 06:59:53.941000',NULL,'');
INSERT INTO "outbox" VALUES(128,'log:ASSET-3:1:channel:asset-requests','log','channel:asset-requests','{"ref": "ASSET-3", "entry": {"at": "2026-11-23T15:00:06.145547+00:00", "actor": "U0SBBEN000", "action": "submit", "ref": "ASSET-3", "before": "", "after": "submitted", "version": 1, "surface": "modal", "detail": {"path": "submitted"}}}','sent','2026-11-23 15:00:06.145547',1,'2026-11-22 07:01:53.989000','2026-11-22 06:59:53.989000',NULL,'2026-11-22 06:59:54.050000',NULL,'');
INSERT INTO "outbox" VALUES(129,'card:ASSET-3:user:U0SBBEN000:0:1:','card','user:U0SBBEN000','{"ref": "ASSET-3", "kind": "asker", "step": 0, "anew": false}','sent','2026-11-23 15:00:06.145547',1,'2026-11-22 07:01:53.857000','2026-11-22 06:59:53.857000',NULL,'2026-11-22 06:59:53.944000',NULL,'');
INSERT INTO "outbox" VALUES(130,'card:ASSET-3:user:U0SBHANA00:1:1:','card','user:U0SBHANA00','{"ref": "ASSET-3", "kind": "decider", "step": 1, "anew": false}','sent','2026-11-23 15:00:06.145547',1,'2026-11-22 07:01:53.857000','2026-11-22 06:59:53.857000',NULL,'2026-11-22 06:59:54.014000',NULL,'');
INSERT INTO "outbox" VALUES(131,'card:ASSET-3:user:U0SBMIA000:1:1:','card','user:U0SBMIA000','{"ref": "ASSET-3", "kind": "decider", "step": 1, "anew": false}','sent','2026-11-23 15:00:06.145547',1,'2026-11-22 07:01:53.857000','2026-11-22 06:59:53.857000',NULL,'2026-11-22 06:59:53.997000',NULL,'');
INSERT INTO "outbox" VALUES(132,'card:ASSET-3:user:U0SBSOL000:1:1:','card','user:U0SBSOL000','{"ref": "ASSET-3", "kind": "decider", "step": 1, "anew": false}','sent','2026-11-23 15:00:06.145547',1,'2026-11-22 07:01:53.857000','2026-11-22 06:59:53.857000',NULL,'2026-11-22 06:59:54.002000',NULL,'');
INSERT INTO "outbox" VALUES(133,'remind:ASSET-3:1:1:U0SBHANA00','remind','user:U0SBHANA00','{"ref": "ASSET-3", "step": 1, "nth": 1, "user": "U0SBHANA00"}','due','2026-11-25 15:00:06.145547',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(134,'remind:ASSET-3:1:1:U0SBMIA000','remind','user:U0SBMIA000','{"ref": "ASSET-3", "step": 1, "nth": 1, "user": "U0SBMIA000"}','due','2026-11-25 15:00:06.145547',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(135,'remind:ASSET-3:1:1:U0SBSOL000','remind','user:U0SBSOL000','{"ref": "ASSET-3", "step": 1, "nth": 1, "user": "U0SBSOL000"}','due','2026-11-25 15:00:06.145547',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(136,'remind:ASSET-3:1:2:U0SBHANA00','remind','user:U0SBHANA00','{"ref": "ASSET-3", "step": 1, "nth": 2, "user": "U0SBHANA00"}','due','2026-11-30 15:00:06.145547',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(137,'remind:ASSET-3:1:2:U0SBMIA000','remind','user:U0SBMIA000','{"ref": "ASSET-3", "step": 1, "nth": 2, "user": "U0SBMIA000"}','due','2026-11-30 15:00:06.145547',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(138,'remind:ASSET-3:1:2:U0SBSOL000','remind','user:U0SBSOL000','{"ref": "ASSET-3", "step": 1, "nth": 2, "user": "U0SBSOL000"}','due','2026-11-30 15:00:06.145547',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(139,'escalate:ASSET-3:1:head_of_marketing:20261201T1500','escalate','request:ASSET-3','{"ref": "ASSET-3", "step": 1, "role": "head_of_marketing"}','due','2026-12-01 15:00:06.145547',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(140,'card:ASSET-4:channel:asset-requests:0:1:','card','channel:asset-requests','{"ref": "ASSET-4", "kind": "channel", "step": 0, "anew": false}','sent','2026-11-23 15:00:06.433116',1,'2026-11-22 07:01:54.140000','2026-11-22 06:59:54.140000',NULL,'2026-11-22 06:59:54.193000',NULL,'');
INSERT INTO "outbox" VALUES(141,'log:ASSET-4:1:channel:asset-requests','log','channel:asset-requests','{"ref": "ASSET-4", "entry": {"at": "2026-11-23T15:00:06.433116+00:00", "actor": "U0SBBEN000", "action": "submit", "ref": "ASSET-4", "before": "", "after": "submitted", "version": 1, "surface": "modal", "detail": {"path": "submitted"}}}','sent','2026-11-23 15:00:06.433116',1,'2026-11-22 07:01:54.198000','2026-11-22 06:59:54.198000',NULL,'2026-11-22 06:59:54.286000',NULL,'');
INSERT INTO "outbox" VALUES(142,'card:ASSET-4:user:U0SBBEN000:0:1:','card','user:U0SBBEN000','{"ref": "ASSET-4", "kind": "asker", "step": 0, "anew": false}','sent','2026-11-23 15:00:06.433116',1,'2026-11-22 07:01:54.140000','2026-11-22 06:59:54.140000',NULL,'2026-11-22 06:59:54.198000',NULL,'');
INSERT INTO "outbox" VALUES(143,'card:ASSET-4:user:U0SBHANA00:1:1:','card','user:U0SBHANA00','{"ref": "ASSET-4", "kind": "decider", "step": 1, "anew": false}','sent','2026-11-23 15:00:06.433116',1,'2026-11-22 07:01:54.140000','2026-11-22 06:59:54.140000',NULL,'2026-11-22 06:59:54.209000',NULL,'');
INSERT INTO "outbox" VALUES(144,'card:ASSET-4:user:U0SBMIA000:1:1:','card','user:U0SBMIA000','{"ref": "ASSET-4", "kind": "decider", "step": 1, "anew": false}','sent','2026-11-23 15:00:06.433116',1,'2026-11-22 07:01:54.140000','2026-11-22 06:59:54.140000',NULL,'2026-11-22 06:59:54.209000',NULL,'');
INSERT INTO "outbox" VALUES(145,'card:ASSET-4:user:U0SBSOL000:1:1:','card','user:U0SBSOL000','{"ref": "ASSET-4", "kind": "decider", "step": 1, "anew": false}','sent','2026-11-23 15:00:06.433116',1,'2026-11-22 07:01:54.140000','2026-11-22 06:59:54.140000',NULL,'2026-11-22 06:59:54.221000',NULL,'');
INSERT INTO "outbox" VALUES(146,'remind:ASSET-4:1:1:U0SBHANA00','remind','user:U0SBHANA00','{"ref": "ASSET-4", "step": 1, "nth": 1, "user": "U0SBHANA00"}','due','2026-11-25 15:00:06.433116',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(147,'remind:ASSET-4:1:1:U0SBMIA000','remind','user:U0SBMIA000','{"ref": "ASSET-4", "step": 1, "nth": 1, "user": "U0SBMIA000"}','due','2026-11-25 15:00:06.433116',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(148,'remind:ASSET-4:1:1:U0SBSOL000','remind','user:U0SBSOL000','{"ref": "ASSET-4", "step": 1, "nth": 1, "user": "U0SBSOL000"}','due','2026-11-25 15:00:06.433116',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(149,'remind:ASSET-4:1:2:U0SBHANA00','remind','user:U0SBHANA00','{"ref": "ASSET-4", "step": 1, "nth": 2, "user": "U0SBHANA00"}','due','2026-11-30 15:00:06.433116',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(150,'remind:ASSET-4:1:2:U0SBMIA000','remind','user:U0SBMIA000','{"ref": "ASSET-4", "step": 1, "nth": 2, "user": "U0SBMIA000"}','due','2026-11-30 15:00:06.433116',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(151,'remind:ASSET-4:1:2:U0SBSOL000','remind','user:U0SBSOL000','{"ref": "ASSET-4", "step": 1, "nth": 2, "user": "U0SBSOL000"}','due','2026-11-30 15:00:06.433116',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(152,'escalate:ASSET-4:1:head_of_marketing:20261201T1500','escalate','request:ASSET-4','{"ref": "ASSET-4", "step": 1, "role": "head_of_marketing"}','due','2026-12-01 15:00:06.433116',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(153,'card:ASSET-5:channel:asset-requests:0:1:','card','channel:asset-requests','{"ref": "ASSET-5", "kind": "channel", "step": 0, "anew": false}','sent','2026-11-23 15:00:06.716566',1,'2026-11-22 07:01:54.421000','2026-11-22 06:59:54.421000',NULL,'2026-11-22 06:59:54.461000',NULL,'');
INSERT INTO "outbox" VALUES(154,'log:ASSET-5:1:channel:asset-requests','log','channel:asset-requests','{"ref": "ASSET-5", "entry": {"at": "2026-11-23T15:00:06.716566+00:00", "actor": "U0SBBEN000", "action": "submit", "ref": "ASSET-5", "before": "", "after": "submitted", "version": 1, "surface": "modal", "detail": {"path": "submitted"}}}','sent','2026-11-23 15:00:06.716566',1,'2026-11-22 07:01:54.492000','2026-11-22 06:59:54.492000',NULL,'2026-11-22 06:59:54.545000',NULL,'');
INSERT INTO "outbox" VALUES(155,'card:ASSET-5:user:U0SBBEN000:0:1:','card','user:U0SBBEN000','{"ref": "ASSET-5", "kind": "asker", "step": 0, "anew": false}','sent','2026-11-23 15:00:06.716566',1,'2026-11-22 07:01:54.421000','2026-11-22 06:59:54.421000',NULL,'2026-11-22 06:59:54.461000',NULL,'');
INSERT INTO "outbox" VALUES(156,'card:ASSET-5:user:U0SBHANA00:1:1:','card','user:U0SBHANA00','{"ref": "ASSET-5", "kind": "decider", "step": 1, "anew": false}','sent','2026-11-23 15:00:06.716566',1,'2026-11-22 07:01:54.421000','2026-11-22 06:59:54.421000',NULL,'2026-11-22 06:59:54.499000',NULL,'');
INSERT INTO "outbox" VALUES(157,'card:ASSET-5:user:U0SBMIA000:1:1:','card','user:U0SBMIA000','{"ref": "ASSET-5", "kind": "decider", "step": 1, "anew": false}','sent','2026-11-23 15:00:06.716566',1,'2026-11-22 07:01:54.421000','2026-11-22 06:59:54.421000',NULL,'2026-11-22 06:59:54.498000',NULL,'');
INSERT INTO "outbox" VALUES(158,'card:ASSET-5:user:U0SBSOL000:1:1:','card','user:U0SBSOL000','{"ref": "ASSET-5", "kind": "decider", "step": 1, "anew": false}','sent','2026-11-23 15:00:06.716566',1,'2026-11-22 07:01:54.421000','2026-11-22 06:59:54.421000',NULL,'2026-11-22 06:59:54.502000',NULL,'');
INSERT INTO "outbox" VALUES(159,'remind:ASSET-5:1:1:U0SBHANA00','remind','user:U0SBHANA00','{"ref": "ASSET-5", "step": 1, "nth": 1, "user": "U0SBHANA00"}','due','2026-11-25 15:00:06.716566',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(160,'remind:ASSET-5:1:1:U0SBMIA000','remind','user:U0SBMIA000','{"ref": "ASSET-5", "step": 1, "nth": 1, "user": "U0SBMIA000"}','due','2026-11-25 15:00:06.716566',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(161,'remind:ASSET-5:1:1:U0SBSOL000','remind','user:U0SBSOL000','{"ref": "ASSET-5", "step": 1, "nth": 1, "user": "U0SBSOL000"}','due','2026-11-25 15:00:06.716566',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(162,'remind:ASSET-5:1:2:U0SBHANA00','remind','user:U0SBHANA00','{"ref": "ASSET-5", "step": 1, "nth": 2, "user": "U0SBHANA00"}','due','2026-11-30 15:00:06.716566',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(163,'remind:ASSET-5:1:2:U0SBMIA000','remind','user:U0SBMIA000','{"ref": "ASSET-5", "step": 1, "nth": 2, "user": "U0SBMIA000"}','due','2026-11-30 15:00:06.716566',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(164,'remind:ASSET-5:1:2:U0SBSOL000','remind','user:U0SBSOL000','{"ref": "ASSET-5", "step": 1, "nth": 2, "user": "U0SBSOL000"}','due','2026-11-30 15:00:06.716566',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(165,'escalate:ASSET-5:1:head_of_marketing:20261201T1500','escalate','request:ASSET-5','{"ref": "ASSET-5", "step": 1, "role": "head_of_marketing"}','due','2026-12-01 15:00:06.716566',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(166,'card:ASSET-6:channel:asset-requests:0:1:','card','channel:asset-requests','{"ref": "ASSET-6", "kind": "channel", "step": 0, "anew": false}','sent','2026-11-23 15:00:06.892842',1,'2026-11-22 07:01:54.603000','2026-11-22 06:59:54.603000',NULL,'2026-11-22 06:59:54.647000',NULL,'');
INSERT INTO "outbox" VALUES(167,'log:ASSET-6:1:channel:asset-requests','log','channel:asset-requests','{"ref": "ASSET-6", "entry": {"at": "2026-11-23T15:00:06.892842+00:00", "actor": "U0SBBEN000", "action": "submit", "ref": "ASSET-6", "before": "", "after": "submitted", "version": 1, "surface": "modal", "detail": {"path": "submitted"}}}','sent','2026-11-23 15:00:06.892842',1,'2026-11-22 07:01:54.656000','2026-11-22 06:59:54.656000',NULL,'2026-11-22 06:59:54.662000',NULL,'');
INSERT INTO "outbox" VALUES(168,'card:ASSET-6:user:U0SBBEN000:0:1:','card','user:U0SBBEN000','{"ref": "ASSET-6", "kind": "asker", "step": 0, "anew": false}','sent','2026-11-23 15:00:06.892842',1,'2026-11-22 07:01:54.603000','2026-11-22 06:59:54.603000',NULL,'2026-11-22 06:59:54.648000',NULL,'');
INSERT INTO "outbox" VALUES(169,'card:ASSET-6:user:U0SBHANA00:1:1:','card','user:U0SBHANA00','{"ref": "ASSET-6", "kind": "decider", "step": 1, "anew": false}','sent','2026-11-23 15:00:06.892842',1,'2026-11-22 07:01:54.603000','2026-11-22 06:59:54.603000',NULL,'2026-11-22 06:59:54.651000',NULL,'');
INSERT INTO "outbox" VALUES(170,'card:ASSET-6:user:U0SBMIA000:1:1:','card','user:U0SBMIA000','{"ref": "ASSET-6", "kind": "decider", "step": 1, "anew": false}','sent','2026-11-23 15:00:06.892842',1,'2026-11-22 07:01:54.603000','2026-11-22 06:59:54.603000',NULL,'2026-11-22 06:59:54.653000',NULL,'');
INSERT INTO "outbox" VALUES(171,'card:ASSET-6:user:U0SBSOL000:1:1:','card','user:U0SBSOL000','{"ref": "ASSET-6", "kind": "decider", "step": 1, "anew": false}','sent','2026-11-23 15:00:06.892842',1,'2026-11-22 07:01:54.603000','2026-11-22 06:59:54.603000',NULL,'2026-11-22 06:59:54.657000',NULL,'');
INSERT INTO "outbox" VALUES(172,'remind:ASSET-6:1:1:U0SBHANA00','remind','user:U0SBHANA00','{"ref": "ASSET-6", "step": 1, "nth": 1, "user": "U0SBHANA00"}','due','2026-11-25 15:00:06.892842',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(173,'remind:ASSET-6:1:1:U0SBMIA000','remind','user:U0SBMIA000','{"ref": "ASSET-6", "step": 1, "nth": 1, "user": "U0SBMIA000"}','due','2026-11-25 15:00:06.892842',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(174,'remind:ASSET-6:1:1:U0SBSOL000','remind','user:U0SBSOL000','{"ref": "ASSET-6", "step": 1, "nth": 1, "user": "U0SBSOL000"}','due','2026-11-25 15:00:06.892842',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(175,'remind:ASSET-6:1:2:U0SBHANA00','remind','user:U0SBHANA00','{"ref": "ASSET-6", "step": 1, "nth": 2, "user": "U0SBHANA00"}','due','2026-11-30 15:00:06.892842',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(176,'remind:ASSET-6:1:2:U0SBMIA000','remind','user:U0SBMIA000','{"ref": "ASSET-6", "step": 1, "nth": 2, "user": "U0SBMIA000"}','due','2026-11-30 15:00:06.892842',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(177,'remind:ASSET-6:1:2:U0SBSOL000','remind','user:U0SBSOL000','{"ref": "ASSET-6", "step": 1, "nth": 2, "user": "U0SBSOL000"}','due','2026-11-30 15:00:06.892842',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(178,'escalate:ASSET-6:1:head_of_marketing:20261201T1500','escalate','request:ASSET-6','{"ref": "ASSET-6", "step": 1, "role": "head_of_marketing"}','due','2026-12-01 15:00:06.892842',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(179,'card:ASSET-2:channel:asset-requests:0:2:','card','channel:asset-requests','{"ref": "ASSET-2", "kind": "channel", "step": 0, "anew": false}','sent','2026-11-23 15:00:06.976491',1,'2026-11-22 07:01:54.725000','2026-11-22 06:59:54.725000',NULL,'2026-11-22 06:59:54.834000',NULL,'');
INSERT INTO "outbox" VALUES(180,'card:ASSET-2:user:U0SBBEN000:0:2:','card','user:U0SBBEN000','{"ref": "ASSET-2", "kind": "asker", "step": 0, "anew": false}','sent','2026-11-23 15:00:06.976491',1,'2026-11-22 07:01:54.725000','2026-11-22 06:59:54.725000',NULL,'2026-11-22 06:59:54.853000',NULL,'');
INSERT INTO "outbox" VALUES(181,'card:ASSET-2:user:U0SBHANA00:1:2:','card','user:U0SBHANA00','{"ref": "ASSET-2", "kind": "decider", "step": 1, "anew": false}','sent','2026-11-23 15:00:06.976491',1,'2026-11-22 07:01:54.725000','2026-11-22 06:59:54.725000',NULL,'2026-11-22 06:59:54.869000',NULL,'');
INSERT INTO "outbox" VALUES(182,'card:ASSET-2:user:U0SBMIA000:1:2:','card','user:U0SBMIA000','{"ref": "ASSET-2", "kind": "decider", "step": 1, "anew": false}','sent','2026-11-23 15:00:06.976491',1,'2026-11-22 07:01:54.725000','2026-11-22 06:59:54.725000',NULL,'2026-11-22 06:59:54.882000',NULL,'');
INSERT INTO "outbox" VALUES(183,'card:ASSET-2:user:U0SBSOL000:1:2:','card','user:U0SBSOL000','{"ref": "ASSET-2", "kind": "decider", "step": 1, "anew": false}','sent','2026-11-23 15:00:06.976491',1,'2026-11-22 07:01:54.725000','2026-11-22 06:59:54.725000',NULL,'2026-11-22 06:59:54.899000',NULL,'');
INSERT INTO "outbox" VALUES(184,'log:ASSET-2:2:channel:asset-requests','log','channel:asset-requests','{"ref": "ASSET-2", "entry": {"at": "2026-11-23T15:00:06.976491+00:00", "actor": "U0SBSOL000", "action": "triage", "ref": "ASSET-2", "before": "submitted", "after": "in_triage", "version": 2, "surface": "button", "detail": {"path": "in_triage"}}}','sent','2026-11-23 15:00:06.976491',1,'2026-11-22 07:01:54.889000','2026-11-22 06:59:54.889000',NULL,'2026-11-22 06:59:54.940000',NULL,'');
INSERT INTO "outbox" VALUES(185,'notice:ASSET-2:2:triage:U0SBBEN000','notice','user:U0SBBEN000','{"ref": "ASSET-2", "name": "triage", "entry": {"at": "2026-11-23T15:00:06.976491+00:00", "actor": "U0SBSOL000", "action": "triage", "ref": "ASSET-2", "before": "submitted", "after": "in_triage", "version": 2, "surface": "button", "detail": {"path": "in_triage"}}}','sent','2026-11-23 15:00:06.976491',1,'2026-11-22 07:01:54.889000','2026-11-22 06:59:54.889000',NULL,'2026-11-22 06:59:54.937000',NULL,'');
INSERT INTO "outbox" VALUES(186,'card:ASSET-2:user:U0SBHANA00:2:2:','card','user:U0SBHANA00','{"ref": "ASSET-2", "kind": "decider", "step": 2, "anew": false}','sent','2026-11-23 15:00:06.976491',1,'2026-11-22 07:01:54.889000','2026-11-22 06:59:54.889000',NULL,'2026-11-22 06:59:54.944000',NULL,'');
INSERT INTO "outbox" VALUES(187,'card:ASSET-2:user:U0SBMIA000:2:2:','card','user:U0SBMIA000','{"ref": "ASSET-2", "kind": "decider", "step": 2, "anew": false}','sent','2026-11-23 15:00:06.976491',1,'2026-11-22 07:01:54.889000','2026-11-22 06:59:54.889000',NULL,'2026-11-22 06:59:54.945000',NULL,'');
INSERT INTO "outbox" VALUES(188,'card:ASSET-2:user:U0SBSOL000:2:2:','card','user:U0SBSOL000','{"ref": "ASSET-2", "kind": "decider", "step": 2, "anew": false}','sent','2026-11-23 15:00:06.976491',1,'2026-11-22 07:01:54.901000','2026-11-22 06:59:54.901000',NULL,'2026-11-22 06:59:54.945000',NULL,'');
INSERT INTO "outbox" VALUES(189,'remind:ASSET-2:2:1:U0SBHANA00','remind','user:U0SBHANA00','{"ref": "ASSET-2", "step": 2, "nth": 1, "user": "U0SBHANA00"}','due','2026-11-25 15:00:06.976491',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(190,'remind:ASSET-2:2:1:U0SBMIA000','remind','user:U0SBMIA000','{"ref": "ASSET-2", "step": 2, "nth": 1, "user": "U0SBMIA000"}','due','2026-11-25 15:00:06.976491',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(191,'remind:ASSET-2:2:1:U0SBSOL000','remind','user:U0SBSOL000','{"ref": "ASSET-2", "step": 2, "nth": 1, "user": "U0SBSOL000"}','due','2026-11-25 15:00:06.976491',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(192,'remind:ASSET-2:2:2:U0SBHANA00','remind','user:U0SBHANA00','{"ref": "ASSET-2", "step": 2, "nth": 2, "user": "U0SBHANA00"}','due','2026-11-30 15:00:06.976491',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(193,'remind:ASSET-2:2:2:U0SBMIA000','remind','user:U0SBMIA000','{"ref": "ASSET-2", "step": 2, "nth": 2, "user": "U0SBMIA000"}','due','2026-11-30 15:00:06.976491',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(194,'remind:ASSET-2:2:2:U0SBSOL000','remind','user:U0SBSOL000','{"ref": "ASSET-2", "step": 2, "nth": 2, "user": "U0SBSOL000"}','due','2026-11-30 15:00:06.976491',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(195,'escalate:ASSET-2:2:head_of_marketing:20261201T1500','escalate','request:ASSET-2','{"ref": "ASSET-2", "step": 2, "role": "head_of_marketing"}','due','2026-12-01 15:00:06.976491',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(196,'card:ASSET-3:channel:asset-requests:0:2:','card','channel:asset-requests','{"ref": "ASSET-3", "kind": "channel", "step": 0, "anew": false}','sent','2026-11-23 15:00:07.267514',1,'2026-11-22 07:01:54.983000','2026-11-22 06:59:54.983000',NULL,'2026-11-22 06:59:55.044000',NULL,'');
INSERT INTO "outbox" VALUES(197,'card:ASSET-3:user:U0SBBEN000:0:2:','card','user:U0SBBEN000','{"ref": "ASSET-3", "kind": "asker", "step": 0, "anew": false}','sent','2026-11-23 15:00:07.267514',1,'2026-11-22 07:01:54.983000','2026-11-22 06:59:54.983000',NULL,'2026-11-22 06:59:55.045000',NULL,'');
INSERT INTO "outbox" VALUES(198,'card:ASSET-3:user:U0SBHANA00:1:2:','card','user:U0SBHANA00','{"ref": "ASSET-3", "kind": "decider", "step": 1, "anew": false}','sent','2026-11-23 15:00:07.267514',1,'2026-11-22 07:01:54.983000','2026-11-22 06:59:54.983000',NULL,'2026-11-22 06:59:55.045000',NULL,'');
INSERT INTO "outbox" VALUES(199,'card:ASSET-3:user:U0SBMIA000:1:2:','card','user:U0SBMIA000','{"ref": "ASSET-3", "kind": "decider", "step": 1, "anew": false}','sent','2026-11-23 15:00:07.267514',1,'2026-11-22 07:01:54.983000','2026-11-22 06:59:54.983000',NULL,'2026-11-22 06:59:55.045000',NULL,'');
INSERT INTO "outbox" VALUES(200,'card:ASSET-3:user:U0SBSOL000:1:2:','card','user:U0SBSOL000','{"ref": "ASSET-3", "kind": "decider", "step": 1, "anew": false}','sent','2026-11-23 15:00:07.267514',1,'2026-11-22 07:01:54.983000','2026-11-22 06:59:54.983000',NULL,'2026-11-22 06:59:55.048000',NULL,'');
INSERT INTO "outbox" VALUES(201,'log:ASSET-3:2:channel:asset-requests','log','channel:asset-requests','{"ref": "ASSET-3", "entry": {"at": "2026-11-23T15:00:07.267514+00:00", "actor": "U0SBSOL000", "action": "request_changes", "ref": "ASSET-3", "before": "submitted", "after": "changes_requested", "version": 2, "surface": "modal", "detail": {"reason": "For whom is it?", "path": "changes_requested"}}}','sent','2026-11-23 15:00:07.267514',1,'2026-11-22 07:01:55.046000','2026-11-22 06:59:55.046000',NULL,'2026-11-22 06:59:55.060000',NULL,'');
INSERT INTO "outbox" VALUES(202,'notice:ASSET-3:2:request_changes:U0SBBEN000','notice','user:U0SBBEN000','{"ref": "ASSET-3", "name": "request_changes", "entry": {"at": "2026-11-23T15:00:07.267514+00:00", "actor": "U0SBSOL000", "action": "request_changes", "ref": "ASSET-3", "before": "submitted", "after": "changes_requested", "version": 2, "surface": "modal", "detail": {"reason": "For whom is it?", "path": "changes_requested"}}}','sent','2026-11-23 15:00:07.267514',1,'2026-11-22 07:01:55.046000','2026-11-22 06:59:55.046000',NULL,'2026-11-22 06:59:55.058000',NULL,'');
INSERT INTO "outbox" VALUES(203,'remind:ASSET-3:2:1:U0SBBEN000','remind','user:U0SBBEN000','{"ref": "ASSET-3", "step": 2, "nth": 1, "user": "U0SBBEN000"}','due','2026-11-25 15:00:07.267514',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(204,'remind:ASSET-3:2:2:U0SBBEN000','remind','user:U0SBBEN000','{"ref": "ASSET-3", "step": 2, "nth": 2, "user": "U0SBBEN000"}','due','2026-11-30 15:00:07.267514',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(205,'card:ASSET-4:channel:asset-requests:0:2:','card','channel:asset-requests','{"ref": "ASSET-4", "kind": "channel", "step": 0, "anew": false}','sent','2026-11-23 15:00:07.457571',1,'2026-11-22 07:01:55.177000','2026-11-22 06:59:55.177000',NULL,'2026-11-22 06:59:55.210000',NULL,'');
INSERT INTO "outbox" VALUES(206,'card:ASSET-4:user:U0SBBEN000:0:2:','card','user:U0SBBEN000','{"ref": "ASSET-4", "kind": "asker", "step": 0, "anew": false}','sent','2026-11-23 15:00:07.457571',1,'2026-11-22 07:01:55.177000','2026-11-22 06:59:55.177000',NULL,'2026-11-22 06:59:55.288000',NULL,'');
INSERT INTO "outbox" VALUES(207,'card:ASSET-4:user:U0SBHANA00:1:2:','card','user:U0SBHANA00','{"ref": "ASSET-4", "kind": "decider", "step": 1, "anew": false}','sent','2026-11-23 15:00:07.457571',1,'2026-11-22 07:01:55.177000','2026-11-22 06:59:55.177000',NULL,'2026-11-22 06:59:55.277000',NULL,'');
INSERT INTO "outbox" VALUES(208,'card:ASSET-4:user:U0SBMIA000:1:2:','card','user:U0SBMIA000','{"ref": "ASSET-4", "kind": "decider", "step": 1, "anew": false}','sent','2026-11-23 15:00:07.457571',1,'2026-11-22 07:01:55.177000','2026-11-22 06:59:55.177000',NULL,'2026-11-22 06:59:55.290000',NULL,'');
INSERT INTO "outbox" VALUES(209,'card:ASSET-4:user:U0SBSOL000:1:2:','card','user:U0SBSOL000','{"ref": "ASSET-4", "kind": "decider", "step": 1, "anew": false}','sent','2026-11-23 15:00:07.457571',1,'2026-11-22 07:01:55.177000','2026-11-22 06:59:55.177000',NULL,'2026-11-22 06:59:55.291000',NULL,'');
INSERT INTO "outbox" VALUES(210,'log:ASSET-4:2:channel:asset-requests','log','channel:asset-requests','{"ref": "ASSET-4", "entry": {"at": "2026-11-23T15:00:07.457571+00:00", "actor": "U0SBSOL000", "action": "accept", "ref": "ASSET-4", "before": "submitted", "after": "accepted", "version": 2, "surface": "modal", "detail": {"path": "accepted", "owner": "U0SBMIA000", "due on": "2027-01-20"}}}','sent','2026-11-23 15:00:07.457571',1,'2026-11-22 07:01:55.253000','2026-11-22 06:59:55.253000',NULL,'2026-11-22 06:59:55.349000',NULL,'');
INSERT INTO "outbox" VALUES(211,'notice:ASSET-4:2:accept:U0SBBEN000','notice','user:U0SBBEN000','{"ref": "ASSET-4", "name": "accept", "entry": {"at": "2026-11-23T15:00:07.457571+00:00", "actor": "U0SBSOL000", "action": "accept", "ref": "ASSET-4", "before": "submitted", "after": "accepted", "version": 2, "surface": "modal", "detail": {"path": "accepted", "owner": "U0SBMIA000", "due on": "2027-01-20"}}}','sent','2026-11-23 15:00:07.457571',1,'2026-11-22 07:01:55.333000','2026-11-22 06:59:55.333000',NULL,'2026-11-22 06:59:55.425000',NULL,'');
INSERT INTO "outbox" VALUES(212,'card:ASSET-4:user:U0SBMIA000:2:2:','card','user:U0SBMIA000','{"ref": "ASSET-4", "kind": "decider", "step": 2, "anew": false}','sent','2026-11-23 15:00:07.457571',1,'2026-11-22 07:01:55.333000','2026-11-22 06:59:55.333000',NULL,'2026-11-22 06:59:55.472000',NULL,'');
INSERT INTO "outbox" VALUES(213,'card:ASSET-5:channel:asset-requests:0:2:','card','channel:asset-requests','{"ref": "ASSET-5", "kind": "channel", "step": 0, "anew": false}','sent','2026-11-23 15:00:07.878221',1,'2026-11-22 07:01:55.588000','2026-11-22 06:59:55.588000',NULL,'2026-11-22 06:59:55.692000',NULL,'');
INSERT INTO "outbox" VALUES(214,'card:ASSET-5:user:U0SBBEN000:0:2:','card','user:U0SBBEN000','{"ref": "ASSET-5", "kind": "asker", "step": 0, "anew": false}','sent','2026-11-23 15:00:07.878221',1,'2026-11-22 07:01:55.588000','2026-11-22 06:59:55.588000',NULL,'2026-11-22 06:59:55.679000',NULL,'');
INSERT INTO "outbox" VALUES(215,'card:ASSET-5:user:U0SBHANA00:1:2:','card','user:U0SBHANA00','{"ref": "ASSET-5", "kind": "decider", "step": 1, "anew": false}','sent','2026-11-23 15:00:07.878221',1,'2026-11-22 07:01:55.588000','2026-11-22 06:59:55.588000',NULL,'2026-11-22 06:59:55.699000',NULL,'');
INSERT INTO "outbox" VALUES(216,'card:ASSET-5:user:U0SBMIA000:1:2:','card','user:U0SBMIA000','{"ref": "ASSET-5", "kind": "decider", "step": 1, "anew": false}','sent','2026-11-23 15:00:07.878221',1,'2026-11-22 07:01:55.588000','2026-11-22 06:59:55.588000',NULL,'2026-11-22 06:59:55.704000',NULL,'');
INSERT INTO "outbox" VALUES(217,'card:ASSET-5:user:U0SBSOL000:1:2:','card','user:U0SBSOL000','{"ref": "ASSET-5", "kind": "decider", "step": 1, "anew": false}','sent','2026-11-23 15:00:07.878221',1,'2026-11-22 07:01:55.588000','2026-11-22 06:59:55.588000',NULL,'2026-11-22 06:59:55.708000',NULL,'');
INSERT INTO "outbox" VALUES(218,'log:ASSET-5:2:channel:asset-requests','log','channel:asset-requests','{"ref": "ASSET-5", "entry": {"at": "2026-11-23T15:00:07.878221+00:00", "actor": "U0SBSOL000", "action": "decline", "ref": "ASSET-5", "before": "submitted", "after": "declined", "version": 2, "surface": "modal", "detail": {"reason": "There is one on the shelf.", "path": "declined"}}}','sent','2026-11-23 15:00:07.878221',1,'2026-11-22 07:01:55.709000','2026-11-22 06:59:55.709000',NULL,'2026-11-22 06:59:55.721000',NULL,'');
INSERT INTO "outbox" VALUES(219,'notice:ASSET-5:2:decline:U0SBBEN000','notice','user:U0SBBEN000','{"ref": "ASSET-5", "name": "decline", "entry": {"at": "2026-11-23T15:00:07.878221+00:00", "actor": "U0SBSOL000", "action": "decline", "ref": "ASSET-5", "before": "submitted", "after": "declined", "version": 2, "surface": "modal", "detail": {"reason": "There is one on the shelf.", "path": "declined"}}}','sent','2026-11-23 15:00:07.878221',1,'2026-11-22 07:01:55.709000','2026-11-22 06:59:55.709000',NULL,'2026-11-22 06:59:55.739000',NULL,'');
INSERT INTO "outbox" VALUES(220,'notice:ASSET-5:2:decline:U0SBHANA00','notice','user:U0SBHANA00','{"ref": "ASSET-5", "name": "decline", "entry": {"at": "2026-11-23T15:00:07.878221+00:00", "actor": "U0SBSOL000", "action": "decline", "ref": "ASSET-5", "before": "submitted", "after": "declined", "version": 2, "surface": "modal", "detail": {"reason": "There is one on the shelf.", "path": "declined"}}}','sent','2026-11-23 15:00:07.878221',1,'2026-11-22 07:01:55.709000','2026-11-22 06:59:55.709000',NULL,'2026-11-22 06:59:55.731000',NULL,'');
INSERT INTO "outbox" VALUES(221,'notice:ASSET-5:2:decline:U0SBMIA000','notice','user:U0SBMIA000','{"ref": "ASSET-5", "name": "decline", "entry": {"at": "2026-11-23T15:00:07.878221+00:00", "actor": "U0SBSOL000", "action": "decline", "ref": "ASSET-5", "before": "submitted", "after": "declined", "version": 2, "surface": "modal", "detail": {"reason": "There is one on the shelf.", "path": "declined"}}}','sent','2026-11-23 15:00:07.878221',1,'2026-11-22 07:01:55.709000','2026-11-22 06:59:55.709000',NULL,'2026-11-22 06:59:55.725000',NULL,'');
INSERT INTO "outbox" VALUES(222,'card:ASSET-6:channel:asset-requests:0:2:','card','channel:asset-requests','{"ref": "ASSET-6", "kind": "channel", "step": 0, "anew": false}','sent','2026-11-23 15:00:08.344964',1,'2026-11-22 07:01:56.065000','2026-11-22 06:59:56.065000',NULL,'2026-11-22 06:59:56.258000',NULL,'');
INSERT INTO "outbox" VALUES(223,'card:ASSET-6:user:U0SBBEN000:0:2:','card','user:U0SBBEN000','{"ref": "ASSET-6", "kind": "asker", "step": 0, "anew": false}','sent','2026-11-23 15:00:08.344964',1,'2026-11-22 07:01:56.065000','2026-11-22 06:59:56.065000',NULL,'2026-11-22 06:59:56.259000',NULL,'');
INSERT INTO "outbox" VALUES(224,'card:ASSET-6:user:U0SBHANA00:1:2:','card','user:U0SBHANA00','{"ref": "ASSET-6", "kind": "decider", "step": 1, "anew": false}','sent','2026-11-23 15:00:08.344964',1,'2026-11-22 07:01:56.065000','2026-11-22 06:59:56.065000',NULL,'2026-11-22 06:59:56.260000',NULL,'');
INSERT INTO "outbox" VALUES(225,'card:ASSET-6:user:U0SBMIA000:1:2:','card','user:U0SBMIA000','{"ref": "ASSET-6", "kind": "decider", "step": 1, "anew": false}','sent','2026-11-23 15:00:08.344964',1,'2026-11-22 07:01:56.065000','2026-11-22 06:59:56.065000',NULL,'2026-11-22 06:59:56.261000',NULL,'');
INSERT INTO "outbox" VALUES(226,'card:ASSET-6:user:U0SBSOL000:1:2:','card','user:U0SBSOL000','{"ref": "ASSET-6", "kind": "decider", "step": 1, "anew": false}','sent','2026-11-23 15:00:08.344964',1,'2026-11-22 07:01:56.065000','2026-11-22 06:59:56.065000',NULL,'2026-11-22 06:59:56.262000',NULL,'');
INSERT INTO "outbox" VALUES(227,'log:ASSET-6:2:channel:asset-requests','log','channel:asset-requests','{"ref": "ASSET-6", "entry": {"at": "2026-11-23T15:00:08.344964+00:00", "actor": "U0SBBEN000", "action": "cancel", "ref": "ASSET-6", "before": "submitted", "after": "cancelled", "version": 2, "surface": "modal", "detail": {"reason": "The deal is lost.", "path": "cancelled"}}}','sent','2026-11-23 15:00:08.344964',1,'2026-11-22 07:01:56.263000','2026-11-22 06:59:56.263000',NULL,'2026-11-22 06:59:56.273000',NULL,'');
INSERT INTO "outbox" VALUES(228,'notice:ASSET-6:2:cancel:U0SBHANA00','notice','user:U0SBHANA00','{"ref": "ASSET-6", "name": "cancel", "entry": {"at": "2026-11-23T15:00:08.344964+00:00", "actor": "U0SBBEN000", "action": "cancel", "ref": "ASSET-6", "before": "submitted", "after": "cancelled", "version": 2, "surface": "modal", "detail": {"reason": "The deal is lost.", "path": "cancelled"}}}','sent','2026-11-23 15:00:08.344964',1,'2026-11-22 07:01:56.263000','2026-11-22 06:59:56.263000',NULL,'2026-11-22 06:59:56.276000',NULL,'');
INSERT INTO "outbox" VALUES(229,'notice:ASSET-6:2:cancel:U0SBMIA000','notice','user:U0SBMIA000','{"ref": "ASSET-6", "name": "cancel", "entry": {"at": "2026-11-23T15:00:08.344964+00:00", "actor": "U0SBBEN000", "action": "cancel", "ref": "ASSET-6", "before": "submitted", "after": "cancelled", "version": 2, "surface": "modal", "detail": {"reason": "The deal is lost.", "path": "cancelled"}}}','sent','2026-11-23 15:00:08.344964',1,'2026-11-22 07:01:56.263000','2026-11-22 06:59:56.263000',NULL,'2026-11-22 06:59:56.293000',NULL,'');
INSERT INTO "outbox" VALUES(230,'notice:ASSET-6:2:cancel:U0SBSOL000','notice','user:U0SBSOL000','{"ref": "ASSET-6", "name": "cancel", "entry": {"at": "2026-11-23T15:00:08.344964+00:00", "actor": "U0SBBEN000", "action": "cancel", "ref": "ASSET-6", "before": "submitted", "after": "cancelled", "version": 2, "surface": "modal", "detail": {"reason": "The deal is lost.", "path": "cancelled"}}}','sent','2026-11-23 15:00:08.344964',1,'2026-11-22 07:01:56.263000','2026-11-22 06:59:56.263000',NULL,'2026-11-22 06:59:56.287000',NULL,'');
INSERT INTO "outbox" VALUES(231,'card:SOW-8:channel:sow-requests:0:1:','card','channel:sow-requests','{"ref": "SOW-8", "kind": "channel", "step": 0, "anew": false}','due','2026-11-23 15:00:08.655128',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(232,'log:SOW-8:1:channel:sow-requests','log','channel:sow-requests','{"ref": "SOW-8", "entry": {"at": "2026-11-23T15:00:08.655128+00:00", "actor": "U0SBANA000", "action": "submit", "ref": "SOW-8", "before": "", "after": "acceptance", "version": 1, "surface": "modal", "detail": {"path": "submitted > executive_approval > acceptance", "rule executive_needed": "8,000.00 USD is below the threshold of 100,000.00 USD"}}}','due','2026-11-23 15:00:08.655128',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(233,'card:SOW-8:user:U0SBANA000:0:1:','card','user:U0SBANA000','{"ref": "SOW-8", "kind": "asker", "step": 0, "anew": false}','due','2026-11-23 15:00:08.655128',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(234,'card:SOW-8:user:U0SBDIAN00:1:1:','card','user:U0SBDIAN00','{"ref": "SOW-8", "kind": "decider", "step": 1, "anew": false}','due','2026-11-23 15:00:08.655128',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(235,'remind:SOW-8:1:1:U0SBDIAN00','remind','user:U0SBDIAN00','{"ref": "SOW-8", "step": 1, "nth": 1, "user": "U0SBDIAN00"}','due','2026-11-24 15:00:08.655128',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(236,'remind:SOW-8:1:2:U0SBDIAN00','remind','user:U0SBDIAN00','{"ref": "SOW-8", "step": 1, "nth": 2, "user": "U0SBDIAN00"}','due','2026-11-25 15:00:08.655128',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(237,'remind:SOW-8:1:3:U0SBDIAN00','remind','user:U0SBDIAN00','{"ref": "SOW-8", "step": 1, "nth": 3, "user": "U0SBDIAN00"}','due','2026-11-27 15:00:08.655128',0,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "outbox" VALUES(238,'escalate:SOW-8:1:head_of_sales:20261125T1500','escalate','request:SOW-8','{"ref": "SOW-8", "step": 1, "role": "head_of_sales"}','due','2026-11-25 15:00:08.655128',0,NULL,NULL,NULL,NULL,NULL,'');
CREATE TABLE people (
	user TEXT NOT NULL, 
	team TEXT NOT NULL, 
	name TEXT NOT NULL, 
	email TEXT NOT NULL, 
	tz TEXT NOT NULL, 
	active BOOLEAN NOT NULL, 
	CONSTRAINT pk_people PRIMARY KEY (user)
)
 WITHOUT ROWID

;
INSERT INTO "people" VALUES('U0SBADAM00','T0SBHARBOR','Adam Reyes','adam@harborlight.example','America/New_York',1);
INSERT INTO "people" VALUES('U0SBANA000','T0SBHARBOR','Ana Silva','ana@harborlight.example','America/New_York',1);
INSERT INTO "people" VALUES('U0SBAUDRA0','T0SBHARBOR','Audra Bell','audra@harborlight.example','Europe/London',1);
INSERT INTO "people" VALUES('U0SBBEA000','T0SBHARBOR','Bea Lindqvist','bea@harborlight.example','Europe/Stockholm',1);
INSERT INTO "people" VALUES('U0SBBEN000','T0SBHARBOR','Ben Okafor','ben@harborlight.example','Europe/London',1);
INSERT INTO "people" VALUES('U0SBDIAN00','T0SBHARBOR','Dian Porter','dian@harborlight.example','America/New_York',1);
INSERT INTO "people" VALUES('U0SBFRONTDESK','T0SBHARBOR','Frontdesk','','UTC',0);
INSERT INTO "people" VALUES('U0SBGRETA0','T0SBHARBOR','Greta Vance','greta@harborlight.example','America/New_York',1);
INSERT INTO "people" VALUES('U0SBGUS000','T0SBHARBOR','Gus Ortega','gus@harborlight.example','America/Mexico_City',0);
INSERT INTO "people" VALUES('U0SBHANA00','T0SBHARBOR','Hana Kim','hana@harborlight.example','America/New_York',1);
INSERT INTO "people" VALUES('U0SBHUGO00','T0SBHARBOR','Hugo Brandt','hugo@harborlight.example','Europe/Berlin',1);
INSERT INTO "people" VALUES('U0SBLEO000','T0SBHARBOR','Leo Martin','leo@harborlight.example','Europe/Paris',1);
INSERT INTO "people" VALUES('U0SBMIA000','T0SBHARBOR','Mia Tanaka','mia@harborlight.example','Europe/Berlin',1);
INSERT INTO "people" VALUES('U0SBPRIYA0','T0SBHARBOR','Priya Nair','priya@harborlight.example','Asia/Kolkata',1);
INSERT INTO "people" VALUES('U0SBRYAN00','T0SBHARBOR','Ryan Cole','ryan@harborlight.example','America/Los_Angeles',1);
INSERT INTO "people" VALUES('U0SBSOL000','T0SBHARBOR','Sol Haddad','sol@harborlight.example','America/Chicago',1);
CREATE TABLE requests (
	ref TEXT NOT NULL, 
	workflow TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	stage TEXT NOT NULL, 
	open BOOLEAN NOT NULL, 
	version INTEGER NOT NULL, 
	step INTEGER NOT NULL, 
	round INTEGER NOT NULL, 
	asker TEXT NOT NULL, 
	owner TEXT, 
	due_on DATE, 
	details JSON NOT NULL, 
	findings JSON NOT NULL, 
	questions JSON NOT NULL, 
	assigned JSON NOT NULL, 
	since DATETIME NOT NULL, 
	created_at DATETIME NOT NULL, 
	source_view TEXT, 
	CONSTRAINT pk_requests PRIMARY KEY (ref), 
	CONSTRAINT uq_requests_source_view UNIQUE (source_view)
);
INSERT INTO "requests" VALUES('SOW-1','sow',1,'executive_approval',1,1,1,1,'U0SBANA000',NULL,NULL,'{"client": "SOW-1 executive_approval", "client_type": "10x", "client_type_other": "", "need": "A pilot of the forecasting service before their budget round.", "amount": {"minor": 25000000, "currency": "USD"}, "contact_name": "Hank Scorpio", "contact_email": "hank@globex.example", "needed_by": "2027-03-01", "opportunity": "", "scope": "", "deliverables": [], "start": null, "end": null, "fee": "one_off", "billing_period": "", "payment_terms": "", "large_client": false, "large_client_reason": "", "notes": "", "files": []}','[{"rule": "executive_needed", "applies": true, "because": "250,000.00 USD is at or above the threshold of 100,000.00 USD", "inputs": {"amount": "250,000.00 USD", "threshold": "100,000.00 USD", "large_client": "no"}}]','[]','{}','2026-11-23 15:00:00.716082','2026-11-23 15:00:00.716082','V0SB00000B');
INSERT INTO "requests" VALUES('SOW-2','sow',2,'large_client_check',1,3,3,1,'U0SBANA000',NULL,NULL,'{"client": "SOW-2 large_client_check", "client_type": "10x", "client_type_other": "", "need": "A pilot of the forecasting service before their budget round.", "amount": {"minor": 800000, "currency": "USD"}, "contact_name": "Hank Scorpio", "contact_email": "hank@globex.example", "needed_by": "2027-03-01", "opportunity": "", "scope": "", "deliverables": [], "start": null, "end": null, "fee": "one_off", "billing_period": "", "payment_terms": "", "large_client": true, "large_client_reason": "40 sites.", "notes": "", "files": []}','[{"rule": "executive_needed", "applies": true, "because": "it is marked as a large client", "inputs": {"amount": "8,000.00 USD", "threshold": "100,000.00 USD", "large_client": "yes"}}]','[]','{}','2026-11-23 15:00:01.821245','2026-11-23 15:00:01.300782','V0SB00000C');
INSERT INTO "requests" VALUES('SOW-3','sow',3,'acceptance',1,1,1,1,'U0SBANA000',NULL,NULL,'{"client": "SOW-3 acceptance", "client_type": "10x", "client_type_other": "", "need": "A pilot of the forecasting service before their budget round.", "amount": {"minor": 800000, "currency": "USD"}, "contact_name": "Hank Scorpio", "contact_email": "hank@globex.example", "needed_by": "2027-03-01", "opportunity": "", "scope": "", "deliverables": [], "start": null, "end": null, "fee": "one_off", "billing_period": "", "payment_terms": "", "large_client": false, "large_client_reason": "", "notes": "", "files": []}','[{"rule": "executive_needed", "applies": false, "because": "8,000.00 USD is below the threshold of 100,000.00 USD", "inputs": {"amount": "8,000.00 USD", "threshold": "100,000.00 USD", "large_client": "no"}}]','[]','{}','2026-11-23 15:00:02.122020','2026-11-23 15:00:02.122020','V0SB00000S');
INSERT INTO "requests" VALUES('SOW-4','sow',4,'changes_requested',1,2,2,1,'U0SBANA000',NULL,NULL,'{"client": "SOW-4 changes_requested", "client_type": "10x", "client_type_other": "", "need": "A pilot of the forecasting service before their budget round.", "amount": {"minor": 800000, "currency": "USD"}, "contact_name": "Hank Scorpio", "contact_email": "hank@globex.example", "needed_by": "2027-03-01", "opportunity": "", "scope": "", "deliverables": [], "start": null, "end": null, "fee": "one_off", "billing_period": "", "payment_terms": "", "large_client": false, "large_client_reason": "", "notes": "", "files": []}','[{"rule": "executive_needed", "applies": false, "because": "8,000.00 USD is below the threshold of 100,000.00 USD", "inputs": {"amount": "8,000.00 USD", "threshold": "100,000.00 USD", "large_client": "no"}}]','[]','{}','2026-11-23 15:00:02.821274','2026-11-23 15:00:02.433787','V0SB00000Y');
INSERT INTO "requests" VALUES('SOW-5','sow',5,'drafting',1,2,2,1,'U0SBANA000','U0SBDIAN00',NULL,'{"client": "SOW-5 drafting", "client_type": "10x", "client_type_other": "", "need": "A pilot of the forecasting service before their budget round.", "amount": {"minor": 800000, "currency": "USD"}, "contact_name": "Hank Scorpio", "contact_email": "hank@globex.example", "needed_by": "2027-03-01", "opportunity": "", "scope": "", "deliverables": [], "start": null, "end": null, "fee": "one_off", "billing_period": "", "payment_terms": "", "large_client": false, "large_client_reason": "", "notes": "", "files": []}','[{"rule": "executive_needed", "applies": false, "because": "8,000.00 USD is below the threshold of 100,000.00 USD", "inputs": {"amount": "8,000.00 USD", "threshold": "100,000.00 USD", "large_client": "no"}}]','[]','{}','2026-11-23 15:00:03.333697','2026-11-23 15:00:03.227633','V0SB0000BA');
INSERT INTO "requests" VALUES('SOW-6','sow',6,'rejected',0,2,2,1,'U0SBANA000',NULL,NULL,'{"client": "SOW-6 rejected", "client_type": "10x", "client_type_other": "", "need": "A pilot of the forecasting service before their budget round.", "amount": {"minor": 800000, "currency": "USD"}, "contact_name": "Hank Scorpio", "contact_email": "hank@globex.example", "needed_by": "2027-03-01", "opportunity": "", "scope": "", "deliverables": [], "start": null, "end": null, "fee": "one_off", "billing_period": "", "payment_terms": "", "large_client": false, "large_client_reason": "", "notes": "", "files": []}','[{"rule": "executive_needed", "applies": false, "because": "8,000.00 USD is below the threshold of 100,000.00 USD", "inputs": {"amount": "8,000.00 USD", "threshold": "100,000.00 USD", "large_client": "no"}}]','[]','{}','2026-11-23 15:00:04.112399','2026-11-23 15:00:03.759675','V0SB0000BE');
INSERT INTO "requests" VALUES('SOW-7','sow',7,'cancelled',0,2,2,1,'U0SBANA000',NULL,NULL,'{"client": "SOW-7 cancelled", "client_type": "10x", "client_type_other": "", "need": "A pilot of the forecasting service before their budget round.", "amount": {"minor": 800000, "currency": "USD"}, "contact_name": "Hank Scorpio", "contact_email": "hank@globex.example", "needed_by": "2027-03-01", "opportunity": "", "scope": "", "deliverables": [], "start": null, "end": null, "fee": "one_off", "billing_period": "", "payment_terms": "", "large_client": false, "large_client_reason": "", "notes": "", "files": []}','[{"rule": "executive_needed", "applies": false, "because": "8,000.00 USD is below the threshold of 100,000.00 USD", "inputs": {"amount": "8,000.00 USD", "threshold": "100,000.00 USD", "large_client": "no"}}]','[]','{}','2026-11-23 15:00:04.897935','2026-11-23 15:00:04.511642','V0SB0000BO');
INSERT INTO "requests" VALUES('ASSET-1','sales_asset',1,'submitted',1,1,1,1,'U0SBBEN000',NULL,NULL,'{"requester_name": "Ben Okafor", "requester_role": "Sales rep", "asset_type": "case_study", "asset_type_other": "", "kind": "new", "existing_asset": "", "purpose": "ASSET-1 submitted", "deadline": "2027-02-01", "industry": "", "audience": "", "special_notes": "", "opportunity": "", "reuse": "one_off", "files": []}','[]','[]','{}','2026-11-23 15:00:05.379589','2026-11-23 15:00:05.379589','V0SB0000BU');
INSERT INTO "requests" VALUES('ASSET-2','sales_asset',2,'in_triage',1,2,2,1,'U0SBBEN000',NULL,NULL,'{"requester_name": "Ben Okafor", "requester_role": "Sales rep", "asset_type": "case_study", "asset_type_other": "", "kind": "new", "existing_asset": "", "purpose": "ASSET-2 in_triage", "deadline": "2027-02-01", "industry": "", "audience": "", "special_notes": "", "opportunity": "", "reuse": "one_off", "files": []}','[]','[]','{}','2026-11-23 15:00:06.976491','2026-11-23 15:00:05.920882','V0SB0000BY');
INSERT INTO "requests" VALUES('ASSET-3','sales_asset',3,'changes_requested',1,2,2,1,'U0SBBEN000',NULL,NULL,'{"requester_name": "Ben Okafor", "requester_role": "Sales rep", "asset_type": "case_study", "asset_type_other": "", "kind": "new", "existing_asset": "", "purpose": "ASSET-3 changes_requested", "deadline": "2027-02-01", "industry": "", "audience": "", "special_notes": "", "opportunity": "", "reuse": "one_off", "files": []}','[]','[]','{}','2026-11-23 15:00:07.267514','2026-11-23 15:00:06.145547','V0SB0000CF');
INSERT INTO "requests" VALUES('ASSET-4','sales_asset',4,'accepted',1,2,2,1,'U0SBBEN000','U0SBMIA000','2027-01-20','{"requester_name": "Ben Okafor", "requester_role": "Sales rep", "asset_type": "case_study", "asset_type_other": "", "kind": "new", "existing_asset": "", "purpose": "ASSET-4 accepted", "deadline": "2027-02-01", "industry": "", "audience": "", "special_notes": "", "opportunity": "", "reuse": "one_off", "files": []}','[]','[]','{}','2026-11-23 15:00:07.457571','2026-11-23 15:00:06.433116','V0SB0000CK');
INSERT INTO "requests" VALUES('ASSET-5','sales_asset',5,'declined',0,2,2,1,'U0SBBEN000',NULL,NULL,'{"requester_name": "Ben Okafor", "requester_role": "Sales rep", "asset_type": "case_study", "asset_type_other": "", "kind": "new", "existing_asset": "", "purpose": "ASSET-5 declined", "deadline": "2027-02-01", "industry": "", "audience": "", "special_notes": "", "opportunity": "", "reuse": "one_off", "files": []}','[]','[]','{}','2026-11-23 15:00:07.878221','2026-11-23 15:00:06.716566','V0SB0000CP');
INSERT INTO "requests" VALUES('ASSET-6','sales_asset',6,'cancelled',0,2,2,1,'U0SBBEN000',NULL,NULL,'{"requester_name": "Ben Okafor", "requester_role": "Sales rep", "asset_type": "case_study", "asset_type_other": "", "kind": "new", "existing_asset": "", "purpose": "ASSET-6 cancelled", "deadline": "2027-02-01", "industry": "", "audience": "", "special_notes": "", "opportunity": "", "reuse": "one_off", "files": []}','[]','[]','{}','2026-11-23 15:00:08.344964','2026-11-23 15:00:06.892842','V0SB0000CU');
INSERT INTO "requests" VALUES('SOW-8','sow',8,'acceptance',1,1,1,1,'U0SBANA000',NULL,NULL,'{"client": "SOW-8 acceptance", "client_type": "10x", "client_type_other": "", "need": "A pilot of the forecasting service before their budget round.", "amount": {"minor": 800000, "currency": "USD"}, "contact_name": "Hank Scorpio", "contact_email": "hank@globex.example", "needed_by": "2027-03-01", "opportunity": "", "scope": "", "deliverables": [], "start": null, "end": null, "fee": "one_off", "billing_period": "", "payment_terms": "", "large_client": false, "large_client_reason": "", "notes": "", "files": []}','[{"rule": "executive_needed", "applies": false, "because": "8,000.00 USD is below the threshold of 100,000.00 USD", "inputs": {"amount": "8,000.00 USD", "threshold": "100,000.00 USD", "large_client": "no"}}]','[]','{}','2026-11-23 15:00:08.655128','2026-11-23 15:00:08.655128','V0SB0000EA');
CREATE TABLE role_holders (
	role TEXT NOT NULL, 
	user TEXT NOT NULL, 
	CONSTRAINT pk_role_holders PRIMARY KEY (role, user)
)
 WITHOUT ROWID

;
INSERT INTO "role_holders" VALUES('admin','U0SBADAM00');
INSERT INTO "role_holders" VALUES('auditor','U0SBAUDRA0');
INSERT INTO "role_holders" VALUES('billing','U0SBBEA000');
INSERT INTO "role_holders" VALUES('delivery','U0SBLEO000');
INSERT INTO "role_holders" VALUES('executive','U0SBRYAN00');
INSERT INTO "role_holders" VALUES('head_of_marketing','U0SBHANA00');
INSERT INTO "role_holders" VALUES('head_of_sales','U0SBHUGO00');
INSERT INTO "role_holders" VALUES('marketing','U0SBHANA00');
INSERT INTO "role_holders" VALUES('marketing','U0SBMIA000');
INSERT INTO "role_holders" VALUES('pre_sales','U0SBPRIYA0');
INSERT INTO "role_holders" VALUES('sales_assistant','U0SBDIAN00');
INSERT INTO "role_holders" VALUES('sales_manager','U0SBGRETA0');
INSERT INTO "role_holders" VALUES('triage','U0SBHANA00');
INSERT INTO "role_holders" VALUES('triage','U0SBMIA000');
INSERT INTO "role_holders" VALUES('triage','U0SBSOL000');
CREATE TABLE votes (
	ref TEXT NOT NULL, 
	nth INTEGER NOT NULL, 
	stage TEXT NOT NULL, 
	lane TEXT NOT NULL, 
	round INTEGER NOT NULL, 
	user TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_votes PRIMARY KEY (ref, nth), 
	CONSTRAINT uq_votes_ref_stage_lane_round_user UNIQUE (ref, stage, lane, round, user), 
	CONSTRAINT fk_votes_ref FOREIGN KEY(ref) REFERENCES requests (ref)
)
 WITHOUT ROWID

;
CREATE INDEX ix_requests_stage ON requests (workflow, stage, since, ref) WHERE open IS 1;
CREATE INDEX ix_requests_open ON requests (ref) WHERE open IS 1;
CREATE INDEX ix_requests_asker ON requests (asker, created_at, number);
CREATE INDEX ix_requests_owner ON requests (owner, since, ref) WHERE open IS 1 AND owner IS NOT NULL;
CREATE INDEX ix_requests_given ON requests (since, ref) WHERE open IS 1 AND assigned != '{}';
CREATE INDEX ix_drafts_user ON drafts (user, at);
CREATE INDEX ix_outbox_due ON outbox (due_at, address, id) WHERE state = 'due';
CREATE INDEX ix_outbox_over ON outbox (state, ended_at) WHERE state != 'due';
CREATE INDEX ix_audit_ref ON audit (ref, seq);
CREATE TRIGGER audit_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
CREATE TRIGGER audit_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
CREATE TRIGGER audit_replace BEFORE INSERT ON audit WHEN EXISTS (SELECT 1 FROM audit WHERE seq = NEW.seq) BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
COMMIT;